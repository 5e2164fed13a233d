import { formatMessage } from '../../src/diagnostics/diagnostic.js';
import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import { parseValues } from '../../src/values/parse-values.js';
import { checkManifests } from '../../src/checks/check-manifests.js';
import { manifestsOf } from '../manifests-of.js';
import { problemsOf, refusalsOf, shop, shopWith } from '../a-worker-app.js';

// An application of 3 workers, http.port 8000 and the metrics ports 8001-8003, unless a case changes that.

test('command and args are written as they are, with their references to variables', () => {
  const command = ['sh', '-c', 'exec gunicorn --workers=$(WEB_CONCURRENCY) "$@"', 'web'];
  const args = ['shop.wsgi', '--bind=0.0.0.0:8000', '$$x'];
  const { container } = manifestsOf(shop({ command, args }));
  expect(container).toMatchObject({ command, args });
});

test.each<[string, object, string]>([
  ['gunicorn with another number of workers', { args: ['gunicorn', 'shop.wsgi', '--workers', '5'] },
    'args[2]: --workers 5 differs from workers: 3, for which there are metrics ports; remove it, or set workers: 5'],
  ['a short option', { command: ['gunicorn', '-w5'] },
    'command[1]: -w5 differs from workers: 3, for which there are metrics ports; remove it, or set workers: 5'],
  ['a shell', { command: ['sh', '-c', 'migrate && exec gunicorn -w 5 shop.wsgi'] },
    'command[2]: -w 5 differs from workers: 3, for which there are metrics ports; remove it, or set workers: 5'],
  ['a shell whose script is in args', { command: ['sh', '-c'], args: ['gunicorn -w 5 shop.wsgi'] },
    'args[0]: -w 5 differs from workers: 3, for which there are metrics ports; remove it, or set workers: 5'],
  ['a variable of env', { env: { N: '5' }, command: ['gunicorn'], args: ['-w', '$(N)'] },
    'args[0]: -w 5 differs from workers: 3, for which there are metrics ports; remove it, or set workers: 5'],
  ['granian, which does not read WEB_CONCURRENCY', { command: ['granian', '--workers', '5', '--port', '8000', 'shop:app'] },
    'command[1]: --workers 5 differs from workers: 3, for which there are metrics ports; write --workers $(WEB_CONCURRENCY), or set workers: 5'],
  ['uWSGI', { command: ['uwsgi', '--http', ':8000', '-p', '5'] },
    'command[3]: -p 5 differs from workers: 3, for which there are metrics ports; write -p $(WEB_CONCURRENCY), or set workers: 5'],
  ['a variable that the shell sets', { command: ['sh', '-c', 'WEB_CONCURRENCY=5 gunicorn shop.wsgi'] },
    'command[2]: WEB_CONCURRENCY=5 differs from workers: 3; remove it, or set workers: 5'],
  ['a start port that env sets', { command: ['env', 'METRICS_START_PORT=9001', 'gunicorn', 'shop.wsgi'] },
    'command[1]: METRICS_START_PORT=9001 differs from metrics.startPort: 8001; remove it, or set metrics.startPort: 9001'],
  ['options for the entrypoint of the image, with our config', { gunicorn: {}, args: ['--workers=5'] },
    'args[0]: --workers=5 differs from workers: 3, for which there are metrics ports; remove it, or set workers: 5'],
  ['a bind to another port', { command: ['gunicorn', '--bind', '0.0.0.0:9000', 'shop.wsgi'] },
    'command[1]: --bind 0.0.0.0:9000 differs from http.port: 8000, to which probes and the Service send requests; set http.port: 9000, or write --bind 0.0.0.0:8000'],
  ['a bind to the default port', { http: { port: 5000 }, command: ['gunicorn', '--bind', '0.0.0.0', 'shop.wsgi'] },
    'command[1]: --bind 0.0.0.0 differs from http.port: 5000, to which probes and the Service send requests; set http.port: 8000, or write --bind 0.0.0.0:5000'],
  ['a bind in IPv6', { command: ['gunicorn', '-b[::]:9000', 'shop.wsgi'] },
    'command[1]: -b[::]:9000 differs from http.port: 8000, to which probes and the Service send requests; set http.port: 9000, or write -b[::]:8000'],
  ['hypercorn', { command: ['hypercorn', '--bind=:9000', '-w', '3', 'shop:app'] },
    'command[1]: --bind=:9000 differs from http.port: 8000, to which probes and the Service send requests; set http.port: 9000, or write --bind=:8000'],
  ['uvicorn on another port', { command: ['uvicorn', 'shop:app', '--host', '0.0.0.0', '--port', '9000'] },
    'command[4]: --port 9000 differs from http.port: 8000, to which probes and the Service send requests; set http.port: 9000, or write --port 8000'],
  ['fastapi', { command: ['fastapi', 'run', '--port=9000'] },
    'command[2]: --port=9000 differs from http.port: 8000, to which probes and the Service send requests; set http.port: 9000, or write --port=8000'],
  ['uWSGI on another port', { command: ['uwsgi', '--http-socket', ':9000', '-p', '3'] },
    'command[1]: --http-socket :9000 differs from http.port: 8000, to which probes and the Service send requests; set http.port: 9000, or write --http-socket :8000'],
  ['a further bind to a metrics port', { command: ['gunicorn', '-b', ':8000', '--bind=:8002', 'shop.wsgi'] },
    'command[3]: --bind=:8002 takes a metrics port of the workers (8001-8003); listen on another port, or change metrics.startPort'],
  ['preload', { command: ['gunicorn', '--preload', 'shop.wsgi'] },
    'command[1]: --preload would leave workers without a metrics port; remove it, or set metrics.exporter to gunicorn'],
  ['a config file beside ours', { gunicorn: {}, command: ['gunicorn', 'shop.wsgi'], args: ['-c', 'own.py'] },
    'args[0]: -c own.py would replace our gunicorn config; remove it, and set env.IMAGE_GUNICORN_CONFIG to that file, which our config reads first'],
  ['a config file for the entrypoint of the image', { gunicorn: {}, args: ['--config=own.py'] },
    'args[0]: --config=own.py would replace our gunicorn config; remove it, and set env.IMAGE_GUNICORN_CONFIG to that file, which our config reads first'],
  ['a bind in env', { command: ['gunicorn', 'shop.wsgi'], env: { GUNICORN_CMD_ARGS: '--bind=0.0.0.0:9000' } },
    'env.GUNICORN_CMD_ARGS: --bind=0.0.0.0:9000 differs from http.port: 8000, to which probes and the Service send requests; set http.port: 9000, or write --bind=0.0.0.0:8000'],
  ['a bind in env beside our config', { gunicorn: {}, command: ['gunicorn', 'shop.wsgi'], env: { GUNICORN_CMD_ARGS: '-b :9000' } },
    'env.GUNICORN_CMD_ARGS: -b :9000 differs from http.port: 8000, to which probes and the Service send requests; set http.port: 9000, or write -b :8000'],
  ['a bind in env to a metrics port', { command: ['gunicorn', 'shop.wsgi'], env: { GUNICORN_CMD_ARGS: '-b :8000 -b :8002' } },
    'env.GUNICORN_CMD_ARGS: -b :8002 takes a metrics port of the workers (8001-8003); listen on another port, or change metrics.startPort'],
  ['the port of uvicorn in env', { command: ['uvicorn', 'shop:app', '--host=0.0.0.0'], env: { UVICORN_PORT: '9000' } },
    'env.UVICORN_PORT: 9000 differs from http.port: 8000, to which probes and the Service send requests; set http.port: 9000, or write 8000'],
  ['the port of granian in env', { command: ['granian', 'shop:app', '--workers=3'], env: { GRANIAN_PORT: '9000', GRANIAN_HOST: '0.0.0.0' } },
    'env.GRANIAN_PORT: 9000 differs from http.port: 8000, to which probes and the Service send requests; set http.port: 9000, or write 8000'],
  ['the port of daphne', { command: ['daphne', '-b', '0.0.0.0', '-p', '9000', 'shop:app'] },
    'command[3]: -p 9000 differs from http.port: 8000, to which probes and the Service send requests; set http.port: 9000, or write -p 8000'],
  ['the address of runserver', { command: ['python', 'manage.py', 'runserver', '--settings', 'shop.dev', '--force-color', '0.0.0.0:9000'] },
    'command[6]: 0.0.0.0:9000 differs from http.port: 8000, to which probes and the Service send requests; set http.port: 9000, or write 0.0.0.0:8000'],
  ['arguments in a variable that replace those for our config', { gunicorn: {}, command: ['sh', '-c', 'GUNICORN_CMD_ARGS=--timeout=9 gunicorn shop.wsgi'] },
    'command[2]: GUNICORN_CMD_ARGS of the command line would replace that of the container, by which gunicorn reads our config; remove it, and set env.GUNICORN_CMD_ARGS'],
])('%s is refused at its word', (_, changes, problem) => {
  expect(problemsOf(shopWith(changes as Readonly<Record<string, unknown>>))).toEqual([problem]);
}); // prettier-ignore

const GUNICORN = ['gunicorn', 'shop.wsgi'];

test.each<[string, object]>([
  ['the same number of workers', { command: [...GUNICORN, '-w', '3', '-b', ':8000'] }],
  ['the number by its variable', { command: [...GUNICORN, '--workers=$(WEB_CONCURRENCY)', '-b', ':8000'] }],
  ['a number of the shell', { command: ['sh', '-c', 'gunicorn -w $N -b :$PORT shop.wsgi'] }],
  ['a port of the shell', { http: { port: 5000 }, command: ['sh', '-c', 'gunicorn -b 0.0.0.0:$PORT shop.wsgi'] }],
  ['an address of a Secret', { env: { BIND: { secret: 's', key: 'bind' } }, command: [...GUNICORN, '-b', '$(BIND)'] }],
  ['a socket for a proxy in the pod', { command: [...GUNICORN, '--bind', 'unix:/run/shop.sock'] }],
  ['a further bind', { command: [...GUNICORN, '-b', '0.0.0.0:8000', '-b', '0.0.0.0:9000'] }],
  ['an entrypoint script', { command: ['/entrypoint.sh'], args: ['gunicorn', '--workers', '9'] }],
  ['a script with options like those of a server', { args: ['--workers', '9'] }],
  ['preload with our exporter', { metrics: { exporter: 'gunicorn' }, command: [...GUNICORN, '--preload'] }],
  ['our config and more arguments', { gunicorn: {}, http: { port: 5000 }, command: GUNICORN, args: ['--timeout', '60'] }],
  ['our config by its own path', { gunicorn: {}, command: [...GUNICORN, '-c', '/etc/worker-metrics/gunicorn/gunicorn.conf.py'] }],
  ['more arguments in the variable of the shell', { gunicorn: {}, command: ['sh', '-c', 'GUNICORN_CMD_ARGS="$GUNICORN_CMD_ARGS -t 9" gunicorn shop.wsgi'] }],
  ['an address in the config file of the image', { http: { port: 5000 }, command: [...GUNICORN, '-c', 'gunicorn.conf.py'] }],
  ['gunicorn on its default port', { command: GUNICORN }],
  ['PORT that is http.port', { http: { port: 5000 }, env: { PORT: '5000' }, command: GUNICORN }],
  ['PORT from a Secret', { http: { port: 5000 }, env: { PORT: { secret: 's', key: 'port' } }, command: GUNICORN }],
  ['one process of flask', { workers: 1, command: ['flask', 'run', '--host=0.0.0.0', '--port=8000'] }],
  ['one process of Django for development', { workers: 1, command: ['python', 'manage.py', 'runserver', '0:8000'] }],
  ['uvicorn on its socket', { command: ['uvicorn', 'shop:app', '--uds', '/run/shop.sock'] }],
  ["uWSGI's own protocol for a proxy", { command: ['uwsgi', '--socket', ':3031', '-p', '3', '--lazy-apps'] }],
  ['a bind of the command line over that in env', { command: [...GUNICORN, '-b', ':8000'], env: { GUNICORN_CMD_ARGS: '-b :9000' } }],
  ['a bind in env for the command of the image', { env: { GUNICORN_CMD_ARGS: '-b :9000' } }],
  ['a further bind in env', { command: GUNICORN, env: { GUNICORN_CMD_ARGS: '-b :8000 -b :9000' } }],
  ['a bind in env to the port of a variable', { command: GUNICORN, env: { PORT: { secret: 's', key: 'p' }, GUNICORN_CMD_ARGS: '-b :$(PORT)' } }],
  ['another program', { command: ['celery', 'worker'], args: ['--port', '9000'] }],
])('%s passes, without a warning', (_, changes) => {
  const props = shopWith(changes as Readonly<Record<string, unknown>>);
  expect(problemsOf(props)).toEqual([]);
  expect(warningsOf(props)).toEqual([]);
  expect(checkManifests(manifestsOf(props).all).map(formatDiagnostic)).toEqual([]);
}); // prettier-ignore

function warningsOf(props: object): string[] {
  const { notes } = parseValues([{ file: 'a.yaml', text: JSON.stringify(props) }]);
  return notes.map((note) => `${note.severity}: ${note.field}: ${formatMessage(note)}`);
}

test.each<[string, object, string]>([
  ['gunicorn without an address', { command: GUNICORN },
    'command: gunicorn listens on 127.0.0.1:8000 unless PORT or the image says otherwise, but http.port is 5000; add --bind=0.0.0.0:5000'],
  ['gunicorn with another PORT', { env: { PORT: '9000' }, args: GUNICORN },
    'args: gunicorn listens on PORT, which is 9000, unless the image says otherwise, but http.port is 5000; add --bind=0.0.0.0:5000'],
  ['uvicorn without a port', { command: ['uvicorn', 'shop:app', '--host', '0.0.0.0'] },
    'command: uvicorn listens on port 8000 unless the image says otherwise, but http.port is 5000; add --port=5000'],
  ['granian without workers', { command: ['granian', '--port=5000', 'shop:app'] },
    'command: granian starts one worker unless the image says otherwise: it does not read WEB_CONCURRENCY; add --workers=$(WEB_CONCURRENCY)'],
  ['daphne, which has one process', { command: ['daphne', '--port=5000', '--bind=0.0.0.0', 'shop:app'] },
    'command: daphne runs one process, but workers is 3; set workers: 1, or run a server with several workers, such as gunicorn'],
  ['waitress with one worker on its own port', { workers: 1, command: ['waitress-serve', 'shop:app'] },
    'command: waitress-serve listens on port 8080 unless the image says otherwise, but http.port is 5000; add --port=5000'],
  ['runserver with one worker on its own port', { workers: 1, command: ['python', 'manage.py', 'runserver'] },
    'command: runserver listens on port 8000 unless the image says otherwise, but http.port is 5000; add 0.0.0.0:5000'],
  ['our gunicorn config for another server', { gunicorn: {}, command: ['uvicorn', 'shop:app', '--port=5000', '--host=::'] },
    'command: uvicorn does not read our gunicorn config; remove the key gunicorn and metrics.exporter, or run gunicorn'],
])('%s is a warning', (_, changes, warning) => {
  const props = shopWith({ http: { port: 5000 }, ...(changes as object) });
  expect(problemsOf(props)).toEqual([]);
  expect(warningsOf(props)).toEqual([`warning: ${warning}`]);
}); // prettier-ignore

test('envFrom may set PORT: no warning', () => {
  const props = shopWith({ http: { port: 5000 }, command: GUNICORN, envFrom: [{ secret: 'shop' }] });
  expect(warningsOf(props)).toEqual([]);
});

test('a refusal has the line of the word', () => {
  const text =
    'name: shop\nimage: a/shop:v1\nworkers: 3\ncommand:\n  - gunicorn\n  - shop.wsgi\n  - --workers=5\n';
  expect(refusalsOf(text)).toEqual([
    'values/shop.yaml:7: command[2]: --workers=5 differs from workers: 3, for which there are metrics ports; remove it, or set workers: 5',
  ]);
});

test.each([
  ['gunicorn shop.wsgi --workers 3', 'write each word as an item: [gunicorn, shop.wsgi, --workers, "3"]'],
  ['migrate && gunicorn shop.wsgi', 'write [sh, -c, "migrate && gunicorn shop.wsgi"]'],
])('a command line as one text is refused with the list to write: %s', (command, hint) => {
  expect(problemsOf(shopWith({ command }))).toEqual([`command: expected a list, got "${command}"; ${hint}`]);
});

test('a line with an open quote is refused without a list: its words are not known', () => {
  expect(problemsOf(shopWith({ command: "it's" }))).toEqual([`command: expected a list, got "it's"`]);
});

test('a number among the words needs quotes', () => {
  expect(problemsOf(shopWith({ args: ['--workers', 3] }))).toEqual([
    'args[1]: expected text, got 3; put it in quotes, as you wrote it',
  ]);
});
