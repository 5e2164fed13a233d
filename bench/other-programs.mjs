import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { run } from './runs.mjs';

/** Other programs render one application in one run: a part of the runs is measured, and the times are multiplied. */
const MEASURED = 50;
const APPLICATIONS = 1_000;

/** Renders a chart for 1,000 applications. Undefined if Helm is not installed. */
export function helmTemplate(chart) {
  const helm = programAt('helm');
  return helm && applications(`"${helm}" template "app-$i" "${chart}" --set fullnameOverride="app-$i"`);
}

/** Renders 1,000 overlays of one base. Undefined if kubectl is not installed. Kustomize has no loops: the base has all ports. */
export function kubectlKustomize(base) {
  const kubectl = programAt('kubectl');
  if (kubectl === undefined) return undefined;
  const overlay = path.join(path.dirname(base), 'overlay');
  write(path.join(base, 'objects.yaml'), OBJECTS);
  write(path.join(base, 'kustomization.yaml'), 'resources: [objects.yaml]\n');
  write(
    path.join(overlay, 'kustomization.yaml'),
    `resources: [../base]
namespace: shop
namePrefix: shop-
labels: [{ pairs: { app.kubernetes.io/instance: shop }, includeTemplates: true }]
images: [{ name: app, newName: registry.example.com/shop/app, newTag: v1.2.3 }]
`,
  );
  return applications(`"${kubectl}" kustomize "${overlay}"`);
}

function applications(command) {
  const script = `i=0; while [ $i -lt ${MEASURED} ]; do i=$((i+1)); ${command} >/dev/null || exit; done; times`;
  const { seconds, stdout } = run('sh', ['-c', script]);
  const [user, system] = stdout.trim().split('\n')[1].split(' ').map(secondsOf);
  const factor = APPLICATIONS / MEASURED;
  return { seconds: seconds * factor, processor: (user + system) * factor };
}

/** @param text of the shell's `times`: 0m1.250000s */
function secondsOf(text) {
  const [, minutes, seconds] = /^([0-9]+)m([0-9.]+)s$/.exec(text);
  return Number(minutes) * 60 + Number(seconds);
}

/** Looks for a program in PATH, then among those that scripts/e2e-tools.sh installs. */
function programAt(name) {
  const cache = process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache');
  const folders = [
    ...process.env.PATH.split(path.delimiter),
    path.join(cache, 'cdk8s-worker-metrics/e2e-tools'),
  ];
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
}

function write(file, text) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const WORKERS = [1, 2, 3, 4, 5];
const perWorker = (line) => WORKERS.map(line).join('\n');

const OBJECTS = `apiVersion: apps/v1
kind: Deployment
metadata: { name: app, labels: { app.kubernetes.io/name: app } }
spec:
  selector: { matchLabels: { app.kubernetes.io/name: app } }
  template:
    metadata: { labels: { app.kubernetes.io/name: app } }
    spec:
      containers:
        - name: django
          image: app
          env: [{ name: WEB_CONCURRENCY, value: "5" }, { name: METRICS_START_PORT, value: "5001" }]
          ports:
            - { name: http, containerPort: 5000 }
${perWorker((i) => `            - { name: metrics-${i}, containerPort: ${5000 + i} }`)}
---
apiVersion: v1
kind: Service
metadata: { name: app, labels: { app.kubernetes.io/name: app } }
spec:
  selector: { app.kubernetes.io/name: app }
  ports:
    - { name: http, port: 80, targetPort: http }
${perWorker((i) => `    - { name: metrics-${i}, port: ${5000 + i}, targetPort: metrics-${i} }`)}
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: app }
spec:
  selector: { matchLabels: { app.kubernetes.io/name: app } }
  endpoints:
${perWorker((i) => `    - { port: metrics-${i}, interval: 15s }`)}
`;
