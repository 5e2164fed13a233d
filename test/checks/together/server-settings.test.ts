import type { Manifest } from '../../../src/kubernetes/manifest.js';
import { trace } from '../../../src/checks/trace/trace.js';
import { checkManifests } from '../../../src/checks/check-manifests.js';
import { formatDiagnostic } from '../../../src/diagnostics/diagnostic.js';
import { shop } from '../../a-worker-app.js';
import { manifestsOf, type Loose } from '../../manifests-of.js';

const CONTAINER = 'Deployment default/shop: spec.template.spec.containers[0]';

/** The manifests of an application of 2 workers, whose container has more fields and variables. */
function application(fields: object, env: Readonly<Record<string, unknown>> = {}): Manifest[] {
  const { all, container } = manifestsOf(shop({ workers: 2 }));
  container.env.push(...Object.entries(env).map(([name, value]) => ({ name, ...(typeof value === 'string' ? { value } : (value as object)) })));
  Object.assign(container, fields);
  return all;
} // prettier-ignore

const found = (manifests: readonly Manifest[]) => checkManifests(manifests).map(formatDiagnostic);
const FIVE = ['gunicorn', 'app.wsgi', '--workers', '5'];
const PARTED =
  'command has --workers 5, which overrides WEB_CONCURRENCY in gunicorn, but there are 2 metrics ports; remove it, or set it to 2';

describe('a command line that starts another number of workers is an error', () => {
  test.each<[string, object, string, string]>([
    ['in words', { command: FIVE }, 'command', PARTED],
    ['in args', { args: FIVE }, 'args', PARTED.replace('command', 'args')],
    ['split over both', { command: ['gunicorn'], args: ['app.wsgi', '-w5'] }, 'args', PARTED.replace('command has --workers 5', 'args has -w5')],
    ['in a shell', { command: ['sh', '-c', 'exec gunicorn -w 5 app'] }, 'command', PARTED.replace('--workers 5', '-w 5')],
    ['after a variable', { command: ['sh', '-c', 'gunicorn $OPTIONS --workers=5'] }, 'command', PARTED.replace('--workers 5', '--workers=5')],
    ['by a reference', { command: ['gunicorn', '-w', '$(N)'] }, 'command', PARTED.replace('--workers 5', '-w 5')],
    ['of uvicorn', { command: ['uvicorn', 'app:app', '--workers', '5', '--host', '0.0.0.0'] }, 'command', PARTED.replace('gunicorn', 'uvicorn')],
    ['of fastapi', { command: ['fastapi', 'run', '--workers', '5'] }, 'command', PARTED.replace('gunicorn', 'fastapi')],
    ['of granian', { command: ['granian', '--host', '0.0.0.0', '--workers', '5', 'app:app'] }, 'command', 'command has --workers 5, and granian does not read WEB_CONCURRENCY, but there are 2 metrics ports; set it to 2'],
    ['of hypercorn', { command: ['hypercorn', '-w', '5', 'app:app'] }, 'command', 'command has -w 5, and hypercorn does not read WEB_CONCURRENCY, but there are 2 metrics ports; set it to 2'],
    ['of uWSGI', { command: ['uwsgi', '--lazy-apps', '--http', ':8000', '-p', '5'] }, 'command', 'command has -p 5, and uwsgi does not read WEB_CONCURRENCY, but there are 2 metrics ports; set it to 2'],
  ])('%s', (_, fields, field, message) => {
    expect(found(application(fields, { N: '5' }))).toEqual([`${CONTAINER}.${field}: ${message}`]);
  }); // prettier-ignore

  test.each([
    ['GRANIAN_WORKERS', 'granian'],
    ['UWSGI_PROCESSES', 'uwsgi'],
  ])('or %s, though no command line is in the manifests', (name, server) => {
    expect(found(application({}, { [name]: '5' }))).toEqual([
      `${CONTAINER}.env: ${name} is "5", and ${server} does not read WEB_CONCURRENCY, but there are 2 metrics ports; set it to 2`,
    ]);
  });

  test('or UVICORN_WORKERS', () => {
    expect(found(application({}, { UVICORN_WORKERS: '5' }))).toEqual([
      `${CONTAINER}.env: UVICORN_WORKERS is "5", which overrides WEB_CONCURRENCY in uvicorn, but there are 2 metrics ports; remove it, or set it to 2`,
    ]);
  });

  test('also where ports have other names, and the environment gives them', () => {
    const { all, container, service, monitor } = manifestsOf(shop({ workers: 2 }));
    for (const ports of [container.ports, service.spec.ports])
      for (const port of ports) port.name = port.name.replace('metrics', 'prom');
    for (const port of service.spec.ports) port.targetPort = port.name;
    for (const endpoint of monitor.spec.endpoints) endpoint.port = endpoint.port.replace('metrics', 'prom');
    container.command = FIVE;
    expect(found(all)).toEqual([
      `${CONTAINER}.command: command has --workers 5, which overrides WEB_CONCURRENCY in gunicorn, but METRICS_START_PORT and WEB_CONCURRENCY give the application 2 metrics ports; remove it, or set it to 2`,
    ]);
  });

  test('and a chain of workers without a port is broken', () => {
    const { chains } = trace(application({ command: FIVE }));
    expect(chains.map(({ isWhole, monitor }) => [isWhole, monitor !== undefined])).toEqual([
      [true, true],
      [true, true],
      [false, false],
    ]);
  });

  test('and the ports of workers that are not started are not scraped', () => {
    const { chains } = trace(application({ command: ['gunicorn', '-w', '1'] }));
    expect(chains.map(({ isWhole }) => isWhole)).toEqual([true, false]);
  });
});

describe('the command line is right, or nobody knows', () => {
  test.each<[string, object, Loose?]>([
    ['the same number', { command: ['gunicorn', '-w', '2', 'app'] }],
    ['the same number last', { command: ['gunicorn', '-w', '5', '-w', '2', 'app'] }],
    ['the same number, over other arguments', { command: ['gunicorn', '-w', '2'] }, { GUNICORN_CMD_ARGS: '-w 5' }],
    ['a variable of the shell', { command: ['sh', '-c', 'gunicorn -w $WORKERS'] }],
    ['a default of the shell', { command: ['sh', '-c', 'gunicorn -w ${X:-3}'] }],
    ['a variable that may have options', { command: ['sh', '-c', 'gunicorn -w 5 $OPTIONS app'] }],
    ['a reference to a variable from elsewhere', { command: ['gunicorn', '-w', '$(N)'] }, { N: { valueFrom: { fieldRef: {} } } }],
    ['a reference that nothing has', { command: ['gunicorn', '-w', '$(N)'] }],
    ['an entrypoint script', { command: ['/entrypoint.sh'], args: FIVE }],
    ['arguments of an unknown entrypoint', { args: FIVE.slice(1) }],
    ['another program', { command: ['celery', 'worker', '-c', '5'] }],
    ['workers of uWSGI by its file', { command: ['uwsgi', '--ini', 'app.ini', '-p', '5'] }],
    ['a number that uWSGI computes', { command: ['uwsgi', '--lazy-apps', '-p', '%k'] }],
    ['a variable that only another server reads', { command: ['gunicorn', '-w', '2'] }, { GRANIAN_WORKERS: '5' }],
    ['arguments for another server', { command: ['uvicorn', 'app:app', '--host', '0.0.0.0'] }, { GUNICORN_CMD_ARGS: '-w 5' }],
  ])('%s', (_, fields, env = {}) => {
    expect(found(application(fields, env))).toEqual([]);
  }); // prettier-ignore
});

describe('an application that is loaded before its workers leaves them without metrics', () => {
  const PRELOADED =
    ': the application is loaded in the master, which takes one metrics port; workers export no metrics; remove it, or open the port in each worker (gunicorn\'s hook post_fork)'; // prettier-ignore
  const file = (text: string): Manifest => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'conf' },
    data: { 'gunicorn.conf.py': text },
  });
  const withFile = (text: string) => {
    const all = application({ command: ['gunicorn', '-c', '/conf/gunicorn.conf.py', 'app'] });
    const pod = (all.find(({ kind }) => kind === 'Deployment') as Loose).spec.template.spec;
    (pod.volumes ??= []).push({ name: 'conf', configMap: { name: 'conf' } });
    (pod.containers[0].volumeMounts ??= []).push({ name: 'conf', mountPath: '/conf' });
    return [...all, file(text)];
  };

  test('with a config file that the manifests do not contain it is a warning: the file may open the ports', () => {
    const all = application({ command: ['gunicorn', '--preload', '-c', 'conf.py', 'app'] });
    expect(checkManifests(all).map(({ severity, field, message }) => [severity, field, message])).toEqual([
      [
        'warning',
        'spec.template.spec.containers[0].command',
        expect.stringMatching(/^command has --preload: unless the config file opens the port in each worker/),
      ],
    ]);
    expect(trace(all).chains.map(({ isWhole }) => isWhole)).toEqual([true, true]);
  });

  test('on the command line', () => {
    const all = application({ command: ['gunicorn', '--preload', 'app'] });
    expect(found(all)).toEqual([`${CONTAINER}.command: command has --preload${PRELOADED}`]);
    expect(trace(all).chains.map(({ isWhole }) => isWhole)).toEqual([false, false]);
  });

  test('in GUNICORN_CMD_ARGS', () => {
    expect(found(application({}, { GUNICORN_CMD_ARGS: '--preload' }))).toEqual([
      `${CONTAINER}.env: GUNICORN_CMD_ARGS has --preload${PRELOADED}`,
    ]);
  });

  test('in a file that is mounted', () => {
    expect(found(withFile('bind = ":8000"\npreload_app = True  # faster\n'))).toEqual([
      `${CONTAINER}.volumeMounts: /conf/gunicorn.conf.py has preload_app = True${PRELOADED}`,
    ]);
    expect(found(withFile('workers = 5\n'))).toEqual([
      `${CONTAINER}.volumeMounts: /conf/gunicorn.conf.py has workers = 5, which overrides WEB_CONCURRENCY in gunicorn, but there are 2 metrics ports; remove it, or set it to 2`,
    ]);
  });

  test.each([
    ['is not preloaded', 'preload_app = False\nworkers = 2'],
    [
      'decides by itself',
      'import os\npreload_app = bool(os.environ.get("P"))\nworkers = int(os.environ["W"])',
    ],
    ['decides twice', 'workers = 5\nif True:\n    workers = 2'],
    ['opens ports in its workers', 'preload_app = True\ndef post_fork(server, worker):\n    open_port()'],
  ])('unless its file %s', (_, text) => {
    expect(found(withFile(text))).toEqual([]);
  });

  test('unless gunicorn opens the ports, or workers write files', () => {
    const { all, container } = manifestsOf(shop({ workers: 2, metrics: { exporter: 'gunicorn' } }));
    container.command = ['gunicorn', '--preload', 'app'];
    expect(found(all)).toEqual([]);
    expect(
      found(application({ command: ['gunicorn', '--preload'] }, { PROMETHEUS_MULTIPROC_DIR: '/m' })),
    ).toEqual([]);
  });
});

describe('a configuration file on the command line', () => {
  test('keeps ours from being read', () => {
    const { all, container } = manifestsOf(shop({ workers: 2, metrics: { exporter: 'gunicorn' } }));
    container.command = ['gunicorn', '-c', '/app/conf.py', 'app'];
    expect(trace(all).chains.map(({ isWhole }) => isWhole)).toEqual([false, false]);
    expect(found(all)).toEqual([
      `${CONTAINER}.command: command has -c /app/conf.py, which gunicorn reads instead of /etc/worker-metrics/gunicorn/gunicorn.conf.py in GUNICORN_CMD_ARGS, and no worker exports metrics; remove it, and set IMAGE_GUNICORN_CONFIG to /app/conf.py`,
    ]);
  });

  test('is a warning where workers export their metrics all the same', () => {
    const { all, container } = manifestsOf(shop({ workers: 2, gunicorn: { timeout: 60 } }));
    container.command = ['gunicorn', '-c', '/app/conf.py', 'app'];
    expect(trace(all).diagnostics.map(({ severity }) => severity)).toEqual(['warning']);
    expect(trace(all).chains.map(({ isWhole }) => isWhole)).toEqual([true, true]);
  });

  test('is right without our configuration, or if it is ours', () => {
    expect(found(application({ command: ['gunicorn', '-c', '/app/conf.py', 'app'] }))).toEqual([]);
    const { all, container } = manifestsOf(shop({ workers: 2, metrics: { exporter: 'gunicorn' } }));
    container.command = ['gunicorn', '-c', '/etc/worker-metrics/gunicorn/gunicorn.conf.py', 'app'];
    expect(found(all)).toEqual([]);
  });
});

describe('uWSGI that loads the application in the master', () => {
  const UWSGI = ['uwsgi', '--http', ':8000', '-p', '2'];

  test('is a warning: no worker opens a metrics port', () => {
    expect(found(application({ command: UWSGI }))).toEqual([
      `${CONTAINER}.command: uwsgi loads the application before it forks the workers: the metrics ports are opened in the master, and workers export nothing; add --lazy-apps and --enable-threads`,
    ]);
  });

  test.each<[string, object, Readonly<Record<string, unknown>>]>([
    ['with --lazy-apps', { command: [...UWSGI, '--lazy-apps'] }, {}],
    ['with UWSGI_LAZY_APPS', { command: UWSGI }, { UWSGI_LAZY_APPS: '1' }],
    ['with a file, in which anything may be', { command: [...UWSGI, '--ini', 'app.ini'] }, {}],
    ['with options that only the container knows', { command: ['sh', '-c', 'uwsgi -p 2 $OPTIONS'] }, {}],
    ['in multiprocess mode', { command: UWSGI }, { PROMETHEUS_MULTIPROC_DIR: '/tmp/metrics' }],
  ])('is no diagnostic %s', (_, fields, env) => {
    expect(found(application(fields, env))).toEqual([]);
  });
});
