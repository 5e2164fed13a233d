import * as z from 'zod';
import { schemaAt } from '../../src/schema/schema-walk.js';
import { documentSchema } from '../../src/values/document/document-schema.js';
import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import { OTHER_KEYS } from '../../src/values/hints/misplaced-keys.js';
import { parseValues } from '../../src/values/parse-values.js';

const SHOP = 'name: shop\nimage: example/shop\nworkers: 5\n';

test.each([
  ['seconds without a unit', 'metrics: { interval: 30 }', 'metrics.interval: .*got 30; write 30s for seconds'],
  ['seconds in quotes', 'metrics: { interval: "30" }', 'metrics.interval: .*got "30"; write 30s for seconds'],
  ['a duration with a space', 'metrics: { interval: 15 s }', 'metrics.interval: .*got "15 s"; write 15s'],
  ['a duration in words', 'metrics: { interval: 2 minutes }', 'metrics.interval: .*got "2 minutes"; write 2m'],
  ['a value of an environment that is not indented', 'environments:\n  live:\n  replicas: 3', 'environments.replicas: expected a map .*, got 3; indent it, if it belongs to live'],
  ['null where there is a default', 'dashboard: null', 'dashboard: null removes an inherited value, but there is none; remove it'],
  ['nothing after a key', 'http:\nport: 8000', 'http: .*got no value; indent the lines that belong to it, or remove'],
  ['a key that is not indented', 'http:\nport: 8000', 'port: unknown key; it belongs to http: write http: { port: 8000 }'],
  ['a list of variables', 'env: [{ name: A, value: x }, { name: B, valueFrom: { secretKeyRef: { name: s, key: k } } }]', 'env: expected a map, got a list; write names as keys: { A: "x", B: { secret: s, key: k } }'],
  ['a variable in Kubernetes\' words', 'env: { A: { valueFrom: { configMapKeyRef: { name: c, key: k } } } }', 'env.A: .*; write { configMap: c, key: k }'],
  ['a variable with its value in a map', 'env: { A: { value: 5 } }', 'env.A: .*; write "5"'],
  ['securityContext', 'securityContext: {}', 'securityContext: unknown key; write podSecurityContext for the pods, or containerSecurityContext'],
  ['securityContext with a user', 'securityContext: { runAsUser: 33 }', 'securityContext: unknown key; write podSecurityContext for the pods, or containerSecurityContext'],
  ['the mounts of a container', 'volumeMounts: [{ name: a, mountPath: /a }]', 'volumeMounts: unknown key; write mountPath in the volume: volumes: { media: { emptyDir: {}, mountPath: /srv/media } }'],
  ['the class of an Ingress', 'ingress: { ingressClassName: nginx }', 'ingress.ingressClassName: unknown key; write className'],
  ['the backend of an Ingress', 'ingress: { paths: [{ path: /, backend: { service: { name: a, port: { number: 80 } } } }] }', 'ingress.paths[0].backend: unknown key; write service and port beside path'],
  ['an Ingress of a Helm chart', 'ingress: { enabled: true }', 'ingress.enabled: unknown key; remove it: the key ingress makes the Ingress'],
  ['the hosts of a Helm chart', 'ingress: { hosts: [{ host: a.example, paths: [] }] }', 'ingress.hosts[0]: .*got a map with host, paths; write this map in ingress.rules'],
  ['a route of a Helm chart', 'httpRoute: { enabled: true }', 'httpRoute.enabled: this field is not written here; remove it: the key makes the HTTPRoute'],
  ['an autoscaler of a Helm chart', 'autoscaling: { enabled: true, maxReplicas: 3 }', 'autoscaling.enabled: unknown key; remove it: the key autoscaling makes the autoscaler'],
  ['the percentage of a Helm chart', 'autoscaling: { maxReplicas: 3, targetCPUUtilizationPercentage: 80 }', 'autoscaling.targetCPUUtilizationPercentage: unknown key; write cpu: 80'],
  ['a budget of a Helm chart', 'podDisruptionBudget: { enabled: true }', 'podDisruptionBudget.enabled: unknown key; write podDisruptionBudget: true'],
  ['a policy of a Helm chart', 'networkPolicy: { enabled: true }', 'networkPolicy.enabled: unknown key; write networkPolicy: true'],
  ['the token of a Helm chart', 'serviceAccount: { create: true, automount: true }', 'serviceAccount.automount: unknown key; write automountToken'],
  ['containerPort', 'containerPort: 80', 'containerPort: unknown key; write http: { port: 80 }'],
  ['a number of replicas', 'replicaCount: 3', 'replicaCount: unknown key; write replicas: 3'],
  ['a probe without a path', 'readinessProbe: {}', 'readinessProbe: unknown key; write http: { healthPath: /healthz }, or these fields as probes: { readiness: … }'],
  ['limits', 'limits: { memory: 1Gi }', 'limits: unknown key; it belongs to resources: write resources: { limits: '],
  ['envFrom', 'envFrom: [{ secretRef: { name: s } }]', 'envFrom[0]: expected { secret } or { configMap }, got a map with secretRef; write { secret: s }'],
  ['the autoscaler of a Helm chart', 'hpa: { enabled: true }', 'hpa: unknown key; write autoscaling: { minReplicas: 2'],
  ['the port of a Service', 'service: { port: 8080 }', 'service.port: this field is not written here; write http: { servicePort: 80 }'],
  ['the spec of a Deployment', 'spec: { replicas: 3 }', 'spec: unknown key; write replicas: 3'],
  ['metadata', 'metadata: { name: shop, namespace: web }', 'metadata: unknown key; write name: "shop" and namespace: "web"'],
  ['a probe', 'livenessProbe: { httpGet: { path: /health } }', 'livenessProbe: unknown key; write http: { healthPath: "/health" }'],
  ['a resource that is spelled wrong', 'resources: { limits: { cpuu: 1 } }', 'resources.limits.cpuu: expected .*, got "cpuu"; did you mean "cpu"?'],
  ['a word in another case', 'imagePullPolicy: always', 'imagePullPolicy: expected .*, got "always"; did you mean "Always"'],
  ['the image of a Helm chart', 'image: { repository: example/shop, tag: v1 }', 'image: expected .*; write image: example/shop:v1', 'name: shop\nworkers: 5\n'],
  ['a probe at a named port', 'livenessProbe: { httpGet: { path: /health, port: http } }', 'livenessProbe: unknown key; write http: { healthPath: "/health" }'],
  ['a probe at a port', 'livenessProbe: { httpGet: { path: /health, port: 9000 } }', 'livenessProbe: unknown key; write http: { healthPath: "/health", port: 9000 }'],
  ['the selector of a Deployment', 'selector: { matchLabels: { app: shop } }', 'selector: unknown key; write selectorLabels: { app: shop }'],
  ['the template of a Deployment', 'template: { spec: {} }', 'template: unknown key; this is a values file, not a manifest: worker-metrics import-helm makes one'],
  ['a field of pods', 'hostNetwork: true', 'hostNetwork: unknown key; it belongs to podSpec: write podSpec: { hostNetwork: true }'],
  ['a field of containers', 'workingDir: /app', 'workingDir: unknown key; it belongs to containerSpec: write containerSpec: { workingDir: "/app" }'],
  ['a field of pods that has a key', 'serviceAccountName: a', 'serviceAccountName: unknown key; write serviceAccount'],
  ['resources without requests', 'resources: { cpu: 500m }', 'resources.cpu: unknown key; write requests: { cpu: 500m, memory: 1Gi } and limits: { memory: 2Gi }'],
  ['a key of the top level in a map', 'gunicorn: { workers: 4 }', 'gunicorn.workers: unknown key; it belongs to the top level: write workers: 4 there'],
  ['a variable that is not indented', 'env:\nA: b', 'A: unknown key; indent it, if it belongs to env'],
  ['an image with a number as its tag', 'image: { repository: example/shop, tag: 1.10 }', 'image: expected .*; write repository and tag as one text: image: example/shop:TAG', 'name: shop\nworkers: 5\n'],
  ['a port without room for metrics', 'http: { port: 80 }', 'http.port: the default of metrics.startPort, .* = 81, is out of range; set metrics.startPort'],
  ['enabled of a Helm chart', 'alerts: { enabled: true }', 'alerts.enabled: unknown key; remove it, or write alerts: true or alerts: false'],
  ['enabled where it is on by default', 'metrics: { enabled: true }', 'metrics.enabled: unknown key; remove it, or write metrics: false'],
  ['the beginning of a key', 'autoscaling: { min: 1, maxReplicas: 3 }', 'autoscaling.min: unknown key; did you mean "minReplicas"?'],
  ['an empty text of a Helm chart', 'ingress: { host: a.example, className: "" }', 'ingress.className: expected .*, got ""; remove it'],
  ['a manifest', 'apiVersion: apps/v1', 'apiVersion: unknown key; this is a values file, not a manifest'],
  ['a key of manifests in lower case', 'apiversion: apps/v1', 'apiversion: unknown key; this is a values file, not a manifest'],
  ['a key of Helm charts with a typing error', 'replicaCout: 2', 'replicaCout: unknown key; write replicas: 2'],
  ['the services of Docker Compose', 'services: { web: { image: a/b } }', 'services: unknown key; this is a values file, not one of Docker Compose'],
  ['variables of Docker Compose', 'environment: { DEBUG: "1" }', "environment: unknown key; write env: { DEBUG: '1' }"],
  ['variables of Docker Compose in a list', 'environment: [DEBUG=1]', 'environment: unknown key; write env: { LOG_LEVEL: info } for variables'],
  ['an environment without its s', 'environment: { production: { replicas: 3 } }', 'environment: unknown key; write env: .*, environments: { production: … } for environments'],
  ['a restart policy', 'restart: always', 'restart: unknown key; remove it: Kubernetes starts all at once, and restarts'],
  ['an order of Docker Compose', 'depends_on: [db]', 'depends_on: unknown key; remove it: .* an init container can wait'],
  ['a health check of Docker Compose', 'healthcheck: { test: curl localhost }', 'healthcheck: unknown key; write http: { healthPath: /healthz }'],
  ['a build', 'build: .', 'build: unknown key; build and push the image, and write image: '],
  ['an entrypoint', 'entrypoint: [gunicorn, shop.wsgi]', 'entrypoint: unknown key; write command: [gunicorn, shop.wsgi]'],
  ['replicas of Docker Compose', 'deploy: { replicas: 2 }', 'deploy: unknown key; write replicas: 2'],
  ['a boolean of YAML 1.1 at a wrong place', 'environments: { production: { tls: yes } }', 'environments.production.tls: unknown key; it belongs to ingress: write ingress: { tls: true }'],
  ['a number with a unit at a wrong place', 'timeout: 30s', 'timeout: unknown key; it belongs to gunicorn: for example gunicorn: { timeout: 60 }'],
  ['a number in quotes at a wrong place', 'startPort: "9000"', 'startPort: unknown key; it belongs to metrics: write metrics: { startPort: 9000 }'],
  ['a request of CPU', 'cpu: 500m', 'cpu: unknown key; write resources: { requests: { cpu: "500m" } }'],
  ['a schedule', 'schedule: hourly', 'schedule: unknown key; write cronJobs: { clean: '],
  ['a key of each alert', 'alerts: { severity: page }', 'alerts.severity: unknown key; it belongs to workersNotScraped, workerRestarts, errorRatio, latency or unappliedMigrations: write workersNotScraped: { severity: "page" }'],
  ['a key of a map beside it', 'delivery: { repo: https://git.example.com/a.git }', 'delivery.repo: unknown key; it belongs to argocd or flux: write argocd: { repo: '],
  ['the address of gunicorn', 'gunicorn: { bind: "0.0.0.0:8000" }', 'gunicorn.bind: unknown key; write http: { port: 8000 }: gunicorn listens there'],
  ['a setting of gunicorn', 'gunicorn: { keepalive: 5 }', 'gunicorn.keepalive: unknown key; write env: { GUNICORN_CMD_ARGS: --keep-alive=5 }'],
  ['an image with a space', 'image: "nginx: latest"', 'image: expected .*; write image: nginx:latest', 'name: shop\nworkers: 5\n'],
  ['an image with a scheme and capital letters', 'image: https://Registry.example.com/Nginx:V1', 'image: expected .*; write image: registry.example.com/nginx:V1', 'name: shop\nworkers: 5\n'],
  ['a size of a claim', 'volumes: { data: { claim: 10Gi, mountPath: /data } }', 'volumes.data.claim: expected a map, got "10Gi"; write { size: 10Gi }'],
  ['a user', 'user: 1000', 'user: unknown key; write runAsUser: 1000'],
])('%s is refused, and the hint has the lines to write', (_, given, message, others = SHOP) => {
  const { problems } = parseValues([{ file: 'f', text: `${others}${given}\n` }]);
  const pattern = new RegExp(`^f:[0-9]+: ${message.replaceAll(/[{}[\]|?]/g, '\\$&')}`);
  expect(problems.find((problem) => pattern.test(formatDiagnostic(problem)))?.hint ?? problems).toEqual(expect.any(String));
}); // prettier-ignore

test.each(Object.entries(OTHER_KEYS))('%s is no key of a WorkerApp, and the keys to write instead are', (other, { places = {} }) => {
  const schema = documentSchema('WorkerApp');
  expect(schemaAt(schema, [other])).toBeUndefined();
  for (const key of Object.values(places)) expect(schemaAt(schema, key.split('.'))).toBeInstanceOf(z.ZodType);
}); // prettier-ignore
