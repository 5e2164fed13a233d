import { formatDiagnostic } from '../../../src/diagnostics/diagnostic.js';
import { documentSchema } from '../../../src/values/document/document-schema.js';
import { withRightForm } from '../../../src/values/hints/other-forms.js';
import { parseValues } from '../../../src/values/parse-values.js';

const SHOP = 'name: shop\nimage: example/shop\nworkers: 5\n';

function refused(text: string): string[] {
  const { problems } = parseValues([{ file: 'f', text }]);
  return problems.map((problem) => formatDiagnostic(problem).replace(/^f:\d+: /, ''));
}

test.each([
  ['imagePullSecrets: registry', 'imagePullSecrets: expected a list, got "registry"; write imagePullSecrets: [registry]'],
  ['tolerations: { key: spot, operator: Exists }', 'tolerations: expected a list, got a map with key, operator; write tolerations: [{ key: spot, operator: Exists }]'],
  ['env: [A=1]', "env: expected a map, got a list; write env: { A: '1' }"],
  ['env: [{ A: "x,y" }, B=c=d]', 'env: expected a map, got a list; write env: { A: "x,y", B: c=d }'],
  ['podAnnotations: a=b', 'podAnnotations: expected a map, got "a=b"; write podAnnotations: { a: b }'],
  ['nodeSelector: [{ disk: ssd }, { zone: a }]', 'nodeSelector: expected a map, got a list; write nodeSelector: { disk: ssd, zone: a }'],
  ['namespace: { name: web }', 'namespace: …, got a map with name; write namespace: web'],
  ['replicas: [2]', 'replicas: expected a whole number from 0 to 10000, got a list; write replicas: 2'],
  ['dashboard: on', 'dashboard: expected true or false, got "on"; write dashboard: true'],
  ['ingress: { tls: "true", host: a.example }', 'ingress.tls: …, got "true"; write tls: true'],
  ['metrics: "False"', 'metrics: …, got "False"; write metrics: false; worker-metrics explain metrics lists the keys'],
  ['migrate: { command: [a], check: "false" }', 'migrate.check: …, got "false"; write check: false'],
  ['http: 8000', 'http: expected a map with …, got 8000; write http: { port: 8000 }'],
  ['ingress: { paths: /api }', 'ingress.paths: expected a list, got "/api"; write paths: [{ path: /api }]'],
  ['ingress: { host: a.example, tls: [shop-tls] }', 'ingress.tls[0]: expected a map with hosts or secretName, got "shop-tls"; write { secretName: shop-tls }'],
  ['sidecars: { proxy: { image: a, env: { A: 1 } } }', "sidecars.proxy.env: expected a list, got a map with A; write env: [{ name: A, value: '1' }]"],
  ['httpRoute: { parentRefs: { name: a } }', 'httpRoute.parentRefs: expected a list, got a map with name; write parentRefs: [{ name: a }]'],
  ['dashboard: { enabled: false }', 'dashboard: expected true or false, got a map with enabled; write dashboard: false'],
  ['volumes: []', 'volumes: expected a map, got a list; write volumes: {}'],
  ['tolerations: {}', 'tolerations: expected a list, got an empty map; write tolerations: []'],
  ['processes: { beat: celery beat }', 'processes.beat: …, got "celery beat"; write beat: { command: [celery, beat] }; worker-metrics explain processes.beat lists the keys'],
  ["lifecycle: { preStop: [sleep, '5'] }", "lifecycle.preStop: expected a map with exec, httpGet or tcpSocket, got a list; write preStop: { exec: { command: [sleep, '5'] } }"],
  ['lifecycle: { preStop: { exec: sleep 5 } }', "lifecycle.preStop.exec: expected a map with command, got \"sleep 5\"; write exec: { command: [sleep, '5'] }"],
  ['lifecycle: { preStop: { exec: { command: sleep 5 } } }', "lifecycle.preStop.exec.command: expected a list, got \"sleep 5\"; write command: [sleep, '5']"],
  ['sidecars: { p: { image: a, command: a && b } }', "sidecars.p.command: expected a list, got \"a && b\"; write command: [sh, '-c', a && b]"],
  ['probes: { liveness: [cat, /tmp/up] }', 'probes.liveness: expected a map, got a list; write liveness: { exec: { command: [cat, /tmp/up] } }'],
  ['ingress: { hosts: "a.example, b.example" }', 'ingress.hosts: expected a list, got "a.example, b.example"; write hosts: [a.example, b.example]'],
  ['http: { healthPath: up }', 'http.healthPath: …, got "up"; write healthPath: /up'],
  ['sidecars: { p: { image: a, ports: { web: 80 } } }', 'sidecars.p.ports: expected a list, got a map with web; write ports: [{ name: web, containerPort: 80 }]'],
])('%s is answered with the same value in the right form', (given, message) => {
  expect(refused(`${SHOP}${given}\n`)).toEqual([expect.stringMatching(asPattern(message))]);
}); // prettier-ignore

test.each([
  ['ports: [8000]', 'ports: expected a map, got a list; for example ports: { grpc: 9000, admin: { port: 8443, servicePort: 443 } }'],
  ['nodeSelector: [disk]', 'nodeSelector: expected a map, got a list; for example nodeSelector: { kubernetes.io/arch: amd64 }'],
  ['volumes: data', 'volumes: expected a map, got "data"; for example volumes: { data: { claim: { size: 10Gi }, mountPath: /srv/media } }'],
  ['tolerations: spot', 'tolerations: expected a list, got "spot"; for example tolerations: [{ key: spot, operator: Exists, effect: NoSchedule }]'],
  ['gunicorn: gevent', 'gunicorn: …, got "gevent"; for example gunicorn: { workerClass: gevent }'],
  ['http: 8000:80', 'http: …, got "8000:80"; for example http: { port: 5000 }'],
  ['ingress: true', 'ingress: …, got true; for example ingress: { host: shop.example.com, className: nginx, tls: true }; worker-metrics explain ingress lists the keys'],
  ['envFrom: "a, b"', 'envFrom: expected a list, got "a, b"; for example envFrom: [{ secret: shop }, …'],
  ['container: My_App', 'container: …, got "My_App"; for example container: my-app'],
  ['delivery: argocd', 'delivery: …, got "argocd"; for example delivery: { argocd: { repo: https://git.example.com/team/gitops.git } }'],
  ['topologySpreadConstraints: { maxSkew: 1 }', 'topologySpreadConstraints: expected a list, got a map with maxSkew; write it as an item of a list: with "- " before its first key'],
  ['httpRoute: shop.example.com', 'httpRoute: expected a map with parentRefs, …, got "shop.example.com"; worker-metrics explain httpRoute shows an example'],
])('%s, of which no form is valid, is answered with an example', (given, message) => {
  expect(refused(`${SHOP}${given}\n`)).toEqual([expect.stringMatching(asPattern(message))]);
}); // prettier-ignore

test.each([
  ['migrate: python manage.py migrate', 'migrate: expected a map with command, args, check, run or … other keys, got "python manage.py migrate"; write migrate: { command: [python, manage.py, migrate] }; worker-metrics explain migrate lists the keys'],
  ['migrate: true', 'migrate: expected a map with command, args, check, run or … other keys, got true; for example migrate: { command: [python, manage.py, migrate, --noinput] }; worker-metrics explain migrate lists the keys'],
  ['ingress: a.example', 'ingress: expected a map with host, hosts, path, pathType or 5 other keys, got "a.example"; write ingress: { host: a.example }; worker-metrics explain ingress lists the keys'],
  ['cronJobs: { clear: clearsessions }', 'cronJobs.clear: expected a map with schedule, … or … other keys, got "clearsessions"; …worker-metrics explain cronJobs.clear lists the keys'],
  ['environments: { dev: { migrate: true } }', 'environments.dev.migrate: …; worker-metrics explain migrate lists the keys'],
])('of %s, the message names few keys, and the command that lists all', (given, message) => {
  expect(refused(`${SHOP}${given}\n`)).toEqual([expect.stringMatching(asPattern(message))]);
}); // prettier-ignore

test('the keys of another kind are explained with the kind', () => {
  const text = 'kind: AlertmanagerCluster\nname: a\npeers: 3\nconfig: route\n';
  expect(refused(text)).toEqual([
    'config: expected a map with global, templates, route, receivers, inhibit_rules, time_intervals or tracing, got "route"; worker-metrics explain AlertmanagerCluster.config shows an example',
  ]);
});

test('Defaults are answered in the same way', () => {
  const { problems } = parseValues([
    { file: 'defaults.yaml', text: 'kind: Defaults\nimagePullSecrets: registry\n' },
    { file: 'shop.yaml', text: SHOP },
  ]);
  expect(problems.map(formatDiagnostic)).toEqual([
    'defaults.yaml:2: imagePullSecrets: expected a list, got "registry"; write imagePullSecrets: [registry]',
  ]);
});

test.each([
  ['env: [DB_PASSWORD=hunter2]', "env: { DB_PASSWORD: '***' }"],
  ['env: [{ name: DB_PASSWORD, value: hunter2 }]', 'write names as keys: { DB_PASSWORD: "***" }'],
  ['env: { DB_PASSWORD: { value: hunter2 } }', 'write ***'],
])('%s is answered without the password', (given, hint) => {
  const [message = ''] = refused(`${SHOP}${given}\n`);
  expect(message).toContain(hint);
  expect(message).not.toContain('hunter2');
});

test.each([
  ['variables', 'env', (others: object) => ({ ...others, A: [1] }), ['env', 'A'], 'for example A: { secret: shop, key: password }'],
  ['items', 'envFrom', (others: object) => [...Object.values(others), 'shop'], ['envFrom', 1000], 'write { secret: shop }'],
])('a wrong form among thousands of %s is answered without a look at the others', (_, key, around, path, hint) => {
  let looks = 0;
  const other = { get secret() { looks += 1; return 1; } };
  const others = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`V${i}`, other]));
  const document = { schema: documentSchema('WorkerApp'), value: { [key]: around(others) }, kind: 'WorkerApp' } as const;
  expect(withRightForm({ path, message: 'expected …' }, document)).toMatchObject({ hint });
  expect(looks).toBe(0);
}); // prettier-ignore

/** A message in which … is any text. */
function asPattern(message: string): RegExp {
  return new RegExp(`^${message.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&').replaceAll('…', '.*')}$`);
}
