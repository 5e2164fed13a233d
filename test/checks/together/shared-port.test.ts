import { notesOnSharedPorts } from '../../../src/checks/together/shared-port.js';
import { traceWiring } from '../../../src/checks/wiring/wiring.js';
import { formatDiagnostic } from '../../../src/diagnostics/diagnostic.js';
import { shop } from '../../a-worker-app.js';
import { manifestsOf } from '../../manifests-of.js';

const GUNICORN = ['gunicorn', 'shop.wsgi', '-w', '4', '-b', ':8000'];
const labels = { app: 'shop' };

/** The notes about a Deployment of others, whose port is scraped. */
function notes(container: object, port: number | string = 8000): string[] {
  const containers = [
    { name: 'app', image: 'shop:1', ports: [{ name: 'http', containerPort: port }], ...container },
  ];
  const template = { metadata: { labels }, spec: { containers } };
  const ports = [{ name: 'http', port: 80, targetPort: 'http' }];
  const endpoints = [{ port: 'http', interval: '15s' }, { port: 'http', path: '/more' }]; // prettier-ignore
  const all = [
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'shop' }, spec: { selector: { matchLabels: labels }, template } },
    { apiVersion: 'v1', kind: 'Service', metadata: { name: 'shop', labels }, spec: { selector: labels, ports } },
    { apiVersion: 'monitoring.coreos.com/v1', kind: 'ServiceMonitor', metadata: { name: 'shop' }, spec: { selector: { matchLabels: labels }, endpoints } },
  ]; // prettier-ignore
  return notesOnSharedPorts(traceWiring(all)).map((one) => `${one.severity}: ${formatDiagnostic(one)}`);
}

const shared = (who: string, port = 8000) => [
  `note: Deployment default/shop: spec.template.spec.containers[0]: the ${who} share port ${port}, and each scrape gets the metrics of one of them; set PROMETHEUS_MULTIPROC_DIR, unless the image adds them up, or give each worker a port of its own`,
];
const env = (name: string, value: string) => [{ name, value }];

test.each<[string, object, number, string]>([
  ['gunicorn', { args: GUNICORN }, 8000, '4 workers of gunicorn'],
  ['gunicorn at its own port', { args: ['gunicorn', 'shop.wsgi', '-w4'] }, 8000, '4 workers of gunicorn'],
  ['gunicorn by WEB_CONCURRENCY', { args: ['gunicorn', 'shop.wsgi'], env: env('WEB_CONCURRENCY', '3') }, 8000, '3 workers of gunicorn'],
  ['uvicorn', { args: ['uvicorn', 'shop:app', '--workers=2', '--port', '9000'] }, 9000, '2 workers of uvicorn'],
])('a scraped port that the workers of %s share is noted once', (_, container, port, who) => {
  expect(notes(container, port)).toEqual(shared(who, port));
}); // prettier-ignore

test.each<[string, object, number | string]>([
  ['a single worker', { args: ['gunicorn', 'shop.wsgi', '-b', ':8000'] }, 8000],
  ['the multiprocess mode', { args: GUNICORN, env: env('PROMETHEUS_MULTIPROC_DIR', '/tmp/sums') }, 8000],
  ['the multiprocess mode by its first name', { args: ['sh', '-c', 'export prometheus_multiproc_dir=/tmp/sums; gunicorn -w 4 shop'] }, 8000],
  ['variables that the manifests do not contain', { args: GUNICORN, envFrom: [{ secretRef: { name: 'shop' } }] }, 8000],
  ['a configuration file that the manifests do not contain', { args: [...GUNICORN, '-c', 'own.py'] }, 8000],
  ['a port that one process serves', { args: GUNICORN }, 9090],
  ['a socket', { args: ['gunicorn', '-w', '4', '-b', 'unix:/run/shop.sock'] }, 8000],
  ['an exporter beside uWSGI, which has no default port', { args: ['uwsgi', '-p', '4', '--socket', ':3031'] }, 8000],
  ['a port that Flux replaces', { args: GUNICORN }, '${PORT}'],
  ['a program that is no server', { args: ['node', 'server.js'] }, 8000],
])('nothing is noted of %s', (_, container, port) => {
  expect(notes(container, port)).toEqual([]);
}); // prettier-ignore

test('in our own manifests, metrics.strategy says that the application adds up its metrics', () => {
  const { all } = manifestsOf(
    shop({ workers: 4, command: GUNICORN, metrics: { strategy: 'aggregated', port: 'http' } }),
  );
  expect(notesOnSharedPorts(traceWiring(all))).toEqual([]);
});
