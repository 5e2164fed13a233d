import { serverCommand } from '../../src/servers/server-command.js';
import { UNKNOWN } from '../../src/servers/words.js';

const ARGS = ['app.wsgi', '-w', '5'];

/** Server and arguments, in one line. */
function started(...words: string[]): string | undefined {
  const found = serverCommand(words);
  return found && [found.server, ...found.words].join(' ').replaceAll(UNKNOWN, '?');
}

test.each<[string, string[]]>([
  ['by its name', ['gunicorn', ...ARGS]],
  ['by its path', ['/opt/venv/bin/gunicorn', ...ARGS]],
  ['in a folder that only the container knows', [`${UNKNOWN}/bin/gunicorn`, ...ARGS]],
  ['as a module of Python', ['python3.12', '-u', '-m', 'gunicorn', ...ARGS]],
  ['as the module in which it is', ['python', '-m', 'gunicorn.app.wsgiapp', ...ARGS]],
  ['as a script of Python', ['python', '-W', 'ignore', '/usr/bin/gunicorn', ...ARGS]],
  ['with variables', ['env', 'A=1', 'gunicorn', ...ARGS]],
  ['under an init', ['dumb-init', '--', 'gunicorn', ...ARGS]],
  ['under an init with options', ['/usr/bin/tini', '-g', '-p', 'SIGTERM', '--', 'gunicorn', ...ARGS]],
  ['in an environment of Python', ['poetry', 'run', 'gunicorn', ...ARGS]],
  ['with options of uv', ['uv', 'run', '--frozen', 'gunicorn', ...ARGS]],
  ['as another user', ['gosu', 'app', 'gunicorn', ...ARGS]],
  ['under an agent', ['newrelic-admin', 'run-program', 'gunicorn', ...ARGS]],
  ['under two of them', ['tini', '--', 'ddtrace-run', 'python', '-m', 'gunicorn', ...ARGS]],
  ['by a shell', ['sh', '-c', 'gunicorn app.wsgi -w 5']],
  ['in place of a shell', ['/bin/bash', '-ec', 'exec gunicorn app.wsgi -w 5']],
  ['after migrations', ['sh', '-c', './manage.py migrate && exec gunicorn app.wsgi -w 5']],
  ['after a comment', ['sh', '-c', 'set_up # first;\ngunicorn app.wsgi \\\n  -w 5']],
  ['beside another program', ['bash', '-o', 'pipefail', '-c', 'worker & gunicorn app.wsgi -w 5 2>&1 | tee /tmp/log']],
  ['after options of the shell', ['sh', '-c', 'set -euo pipefail\nset +x; exec gunicorn app.wsgi -w 5']],
  ['with quotes', ['sh', '-c', `gunicorn 'app.wsgi' "-w" 5 >/dev/stdout`]],
  ['in a shell in a shell', ['sh', '-c', `sh -c 'gunicorn app.wsgi -w 5'`]],
])('a server is found %s', (_, words) => {
  expect(started(...words)).toBe('gunicorn app.wsgi -w 5');
}); // prettier-ignore

test.each<[string, string[]]>([
  ['runserver 0:80', ['python', 'manage.py', 'runserver', '0:80']],
  ['runserver 0:80', ['python', '-m', 'django', 'runserver', '0:80']],
  ['runserver 0:80', ['sh', '-c', './manage.py migrate && exec ./manage.py runserver 0:80']],
  ['flask --app a run -p 80', ['flask', '--app', 'a', 'run', '-p', '80']],
  ['gunicorn a', ['sh', '-c', 'flask db upgrade && gunicorn a']],
  ['waitress-serve a:b', ['poetry', 'run', 'waitress-serve', 'a:b']],
])('%s is found behind another command or launcher', (server, words) => {
  expect(started(...words)).toBe(server);
});

test.each<[string, string[]]>([
  ['nothing', []],
  ['an entrypoint script', ['/entrypoint.sh', 'gunicorn', ...ARGS]],
  ['a script of a shell', ['sh', '/start.sh', 'gunicorn', ...ARGS]],
  ['arguments of an entrypoint', ARGS],
  ['another program', ['celery', '-A', 'app', 'worker', '-c', '5']],
  ['a program that only the container knows', [UNKNOWN, ...ARGS]],
  ['words that a shell is given', ['sh', '-c', 'exec "$@"', 'gunicorn', ...ARGS]],
  ['a condition', ['sh', '-c', 'if [ -n "$DEBUG" ]; then gunicorn -w 1 app; else gunicorn -w 5 app; fi']],
  ['a loop', ['sh', '-c', 'while true; do gunicorn -w 5 app; done']],
  ['words that the shell is given by itself', ['sh', '-c', 'set -- gunicorn -w 5; exec gunicorn "$@"']],
  ['two servers', ['sh', '-c', 'gunicorn -w 5 app & gunicorn -w 2 other']],
  ['a here-document', ['sh', '-c', 'cat <<E\ngunicorn -w 5\nE']],
  ['quotes without an end', ['sh', '-c', 'gunicorn "-w 5']],
  ['a module of Python that starts it', ['python', 'run.py', 'gunicorn']],
  ['fastapi for developers', ['fastapi', 'dev', 'main.py']],
  ['another command of flask', ['flask', '--app', 'run', 'db', 'upgrade']],
  ['another command of Django', ['python', 'manage.py', 'migrate', 'runserver']],
])('no server is found in %s', (_, words) => {
  expect(started(...words)).toBeUndefined();
}); // prettier-ignore

test.each([
  ['$WORKERS', '?'],
  ['${WORKERS:-3}', '?'],
  ['$(nproc)', '?'],
  ['`nproc`', '?'],
  ['"$((2 * 2))"', '?'],
  ["'$WORKERS'", '$WORKERS'],
  ['\\$WORKERS', '$WORKERS'],
])('of %s in a shell is known: %s', (word, known) => {
  expect(started('sh', '-c', `gunicorn -w ${word}`)).toBe(`gunicorn -w ${known}`);
});

test('the words after the script of a shell are not those of its command', () => {
  expect(started('sh', '-c', 'gunicorn', 'app.wsgi', '-w', '5')).toBe('gunicorn');
});

test('variables that the command line sets are known, until it may set any', () => {
  const found = serverCommand(['sh', '-c', 'export A=1; B=2; C="$X" gunicorn app']);
  expect([...(found?.env ?? [])]).toEqual([['A', '1'], ['B', '2'], ['C', UNKNOWN]]);
  expect(found?.hasMoreEnv).toBe(false);
  expect(serverCommand(['sh', '-c', '. /vault/env && gunicorn app'])?.hasMoreEnv).toBe(true);
}); // prettier-ignore
