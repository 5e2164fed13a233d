import type { Manifest } from '../../../src/kubernetes/manifest.js';
import { formatMessage } from '../../../src/diagnostics/diagnostic.js';
import { trace } from '../../../src/checks/trace/trace.js';
import { podMonitor, service, workload } from '../manifests-of-others.js';

const labels = { app: 'web' };
const METRICS = { name: 'metrics', containerPort: 9100 };
const monitor = podMonitor({ podMetricsEndpoints: [{ port: 'metrics' }] });
const NEEDS = 'PodMonitor shop/web needs port 9100; listen on 0.0.0.0 or [::]';

const pod = (...containers: object[]): Manifest =>
  workload('Deployment', {
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers } },
  });
const exporter = (fields: object) => ({ name: 'exporter', image: 'e:1', ports: [METRICS], ...fields });
/** Warnings, each without its place. */
const warnings = (...manifests: Manifest[]) =>
  trace(manifests).diagnostics.map((one) => `${one.severity}: ${formatMessage(one)}`);

describe('an exporter that listens on 127.0.0.1 alone is a warning where a monitor scrapes it', () => {
  test.each<[string, object, string]>([
    ['by an option', { args: ['--web.listen-address=127.0.0.1:9100'] }, '--web.listen-address=127.0.0.1:9100'],
    ['by two words', { args: ['--listen-address', 'localhost:9100'] }, '--listen-address=localhost:9100'],
    ['over IPv6', { args: ['--metrics-bind-address=[::1]:9100'] }, '--metrics-bind-address=[::1]:9100'],
    ['of a controller', { command: ['/manager'], args: ['--metrics-addr=127.0.0.1:9100'] }, '--metrics-addr=127.0.0.1:9100'],
    ['of gunicorn', { command: ['gunicorn', '-b', '127.0.0.1:9100'] }, 'command has -b 127.0.0.1:9100: it'],
    ['of uvicorn', { command: ['uvicorn', '--host', '127.0.0.1', '--port=9100'] }, 'command has --host 127.0.0.1: it'],
    ['of uvicorn by default', { command: ['uvicorn', '--port', '9100'] }, 'uvicorn without --host listens on 127.0.0.1 (unless the image sets UVICORN_HOST): it'],
    ['of granian that serves the port by default', { command: ['granian', '--port', '9100', 'a:b'] }, 'granian without --host listens on 127.0.0.1 (unless the image sets GRANIAN_HOST): it'],
    ['of daphne by default', { command: ['daphne', '-p', '9100', 'a:b'] }, 'daphne without --bind listens on 127.0.0.1: it'],
    ['of flask by default', { command: ['flask', 'run', '-p', '9100'] }, 'flask without --host listens on 127.0.0.1 (unless the image sets FLASK_RUN_HOST): it'],
    ['of Django for development', { command: ['python', 'manage.py', 'runserver', '9100'] }, 'command has 9100: it'],
    ['of waitress', { command: ['waitress-serve', '--listen', 'localhost:9100', 'a:b'] }, 'command has --listen localhost:9100: it'],
    ['of uWSGI', { command: ['uwsgi', '--http', '127.0.0.1:9100'] }, 'command has --http 127.0.0.1:9100: it'],
    ['of granian by default', { env: [{ name: 'GRANIAN_METRICS_ENABLED', value: 'true' }, { name: 'GRANIAN_METRICS_PORT', value: '9100' }] }, 'without GRANIAN_METRICS_ADDRESS the exporter of granian listens on 127.0.0.1: it'],
  ])('%s', (_, fields, subject) => {
    expect(warnings(pod(exporter(fields)), monitor)).toEqual([
      `warning: ${subject} is reachable only from within the pod, but ${NEEDS}`,
    ]);
  }); // prettier-ignore
});

describe('nothing is wrong with an exporter', () => {
  test.each<[string, object]>([
    ['that listens everywhere', { args: ['--web.listen-address=:9100'] }],
    ['that listens on another address, too', { args: ['--web.listen-address=127.0.0.1:9100', '--web.listen-address=0.0.0.0:9100'] }],
    ['that listens on the address of the pod', { args: ['--web.listen-address=$(POD_IP):9100'] }],
    ['whose other port is not for others', { args: ['--health-probe-bind-address=127.0.0.1:9101'] }],
    ['that asks a server in the pod', { args: ['--redis.addr=127.0.0.1:9100'] }],
    ['whose address the shell makes', { command: ['sh', '-c', 'exporter --listen-address=$IP:9100'] }],
    ['of granian with an address', { env: [{ name: 'GRANIAN_METRICS_ENABLED', value: 'true' }, { name: 'GRANIAN_METRICS_PORT', value: '9100' }, { name: 'GRANIAN_METRICS_ADDRESS', value: '0.0.0.0' }] }],
    ['of granian that is off', { env: [{ name: 'GRANIAN_METRICS_ENABLED', value: 'false' }, { name: 'GRANIAN_METRICS_PORT', value: '9100' }] }],
    ['of uvicorn with a host from elsewhere', { command: ['uvicorn', '--port', '9100'], envFrom: [{ configMapRef: { name: 'c' } }] }],
    ['of fastapi without a host', { command: ['fastapi', 'run', '--port', '9100'] }],
    ['of waitress without a host', { command: ['waitress-serve', '--port=9100', 'a:b'] }],
    ['of daphne on a socket', { command: ['daphne', '-u', '/run/a.sock', '-p', '9100', 'a:b'] }],
    ['of flask with a host from the environment', { command: ['flask', 'run', '-p', '9100'], env: [{ name: 'FLASK_RUN_HOST', value: '0.0.0.0' }] }],
    ['of Django for development', { command: ['python', 'manage.py', 'runserver', '-v', '2', '[::]:9100'] }],
    ['of gunicorn with several binds', { command: ['gunicorn', '-b', '127.0.0.1:9100', '-b', '0.0.0.0:9100'] }],
    ['of gunicorn that listens on a socket', { command: ['gunicorn', '-b', 'unix:/run/web.sock'] }],
  ])('%s', (_, fields) => {
    expect(warnings(pod(exporter(fields)), monitor)).toEqual([]);
  }); // prettier-ignore

  test('behind a proxy at the same number, as node-exporter is', () => {
    const proxy = { name: 'kube-rbac-proxy', image: 'p:1', args: ['--secure-listen-address=[$(IP)]:9100', '--upstream=http://127.0.0.1:9100/'], ports: [METRICS] };
    expect(warnings(pod(exporter({ ports: [], args: ['--web.listen-address=127.0.0.1:9100'] }), proxy), monitor)).toEqual([]);
  }); // prettier-ignore

  test('behind a proxy at another number, as kube-state-metrics is', () => {
    const proxy = { name: 'kube-rbac-proxy', image: 'p:1', args: ['--secure-listen-address=:8443', '--upstream=http://127.0.0.1:9100/'], ports: [{ name: 'https', containerPort: 8443 }] };
    const ksm = exporter({ ports: [], args: ['--listen-address=127.0.0.1:9100'] });
    expect(warnings(pod(ksm, proxy), podMonitor({ podMetricsEndpoints: [{ port: 'https' }] }))).toEqual([]);
  }); // prettier-ignore
});

describe('an application that listens on 127.0.0.1 alone is a warning where others must reach it', () => {
  const web = (fields: object = {}) =>
    pod({ name: 'web', image: 'w:1', command: ['gunicorn', '--bind=127.0.0.1:8000', 'app'], ports: [{ name: 'http', containerPort: 8000 }], ...fields }); // prettier-ignore
  const SUBJECT =
    'warning: command has --bind=127.0.0.1:8000: it is reachable only from within the pod, but ';

  test('through a Service', () => {
    const http = {
      ...service,
      spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
    };
    expect(warnings(web(), http)).toEqual([
      `${SUBJECT}Service shop/web needs port 8000; listen on 0.0.0.0 or [::]`,
    ]);
  });

  test('by a probe', () => {
    expect(warnings(web({ readinessProbe: { httpGet: { port: 'http' } } }))).toEqual([
      `${SUBJECT}readinessProbe needs port 8000; listen on 0.0.0.0 or [::]`,
    ]);
    expect(warnings(web({ readinessProbe: { httpGet: { port: 'http', host: '127.0.0.1' } } }))).toEqual([]);
  });

  test('and not where a proxy in the pod asks it', () => {
    expect(warnings(web())).toEqual([]);
  });
});
