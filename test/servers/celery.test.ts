import { celeryBeat } from '../../src/servers/celery.js';
import { UNKNOWN } from '../../src/servers/words.js';

const BEAT = ['celery', '-A', 'app', 'beat'];
const LINE = 'celery -A app beat';

test.each<[string, string[]]>([
  ['a script', ['/entrypoint.sh', ...BEAT]],
  ['a script that an image names', [`${UNKNOWN}/entrypoint.sh`, ...BEAT]],
  ['a script called clock', ['/clock.sh', ...BEAT]],
  ['a script and a bare name', ['docker-entrypoint.sh', 'celery', 'beat']],
  ['a script and a path', ['/entrypoint.sh', '/venv/bin/celery', 'beat']],
  ['a script and a module', ['/entrypoint.sh', 'python', '-m', 'celery', '-A', 'app', 'beat']],
  ['a script and a worker', ['/entrypoint.sh', 'celery', '-A', 'app', 'worker', '-B']],
  ['a script, "--"', ['/wait.sh', '--timeout', '30', 'db:5432', '--', ...BEAT]],
  ['a script and an address', ['/wait.sh', 'db:5432', ...BEAT]],
  ['a script, an address and a module', ['/wait.sh', 'db:5432', 'python', '-m', 'celery', '-A', 'app', 'beat']],
  ['an option with its value in one word', ['/wait.sh', '--for=db:5432', ...BEAT]],
  ['two scripts', ['/entrypoint.sh', '/wait.sh', 'db:5432', '--', ...BEAT]],
  ['an init and a script', ['tini', '-g', '--', '/entrypoint.sh', ...BEAT]],
  ['an init, a script, a launcher', ['dumb-init', '/entrypoint.sh', 'doppler', 'run', '--', ...BEAT]],
  ['a launcher that is not known', ['chamber', 'exec', 'prod', '--', ...BEAT]],
  ['another user', ['sudo', '-u', 'app', ...BEAT]],
  ['a script and variables', ['/entrypoint.sh', 'env', 'A=1', ...BEAT]],
  ['a script and a shell', ['/entrypoint.sh', 'sh', '-c', `exec ${LINE}`]],
  ['a script of a shell', ['bash', '/entrypoint.sh', ...BEAT]],
  ['a script of a shell with options', ['bash', '-eo', 'pipefail', '/entrypoint.sh', ...BEAT]],
  ['a script in a shell', ['sh', '-c', `/entrypoint.sh ${LINE}`]],
  ['words that a shell is given', ['sh', '-c', 'migrate; exec "$@"', '--', ...BEAT]],
  ['words that a shell is given with its name', ['sh', '-c', 'exec "$@"', 'sh', ...BEAT]],
  ['all words that a shell is given', ['sh', '-c', 'exec "$0" "$@"', ...BEAT]],
  ['a command of Django', ['python', 'manage.py', 'celery', 'beat']],
  ['a loop that waits', ['sh', '-c', `until nc -z db 5432; do sleep 1; done; exec ${LINE}`]],
  ['a loop that starts it again', ['sh', '-c', `while true; do\n  ${LINE}\ndone`]],
  ['a worker in the same shell', ['sh', '-c', `celery -A app worker & ${LINE}`]],
  ['a program that only the container knows', ['sh', '-c', `$WAIT; ${LINE}`]],
])('a beat is noticed behind %s', (_, words) => {
  expect(celeryBeat(words)).toBeDefined();
}); // prettier-ignore

test.each<[string, string[]]>([
  ['text after an option', ['/notify.sh', '--message', 'celery', 'beat']],
  ['text after an option and a value', ['/notify.sh', '--text', 'hi', '--to', 'celery', 'beat']],
  ['one word', ['/notify.sh', 'celery beat']],
  ['names of queues', ['python', 'manage.py', 'purge', 'celery', 'beat']],
  ['an option without "="', ['/entrypoint.sh', '--app', ...BEAT]],
  ['another word than beat', ['/entrypoint.sh', 'celery', '-A', 'app', 'worker', '--hostname', 'beat']],
  ['text that a shell prints', ['sh', '-c', `echo ${LINE}; exec ./start`]],
  ['a name that begins with celery', ['/entrypoint.sh', 'celery-exporter', 'beat']],
  ['a shell that does not use its words', ['sh', '-c', '/start.sh', ...BEAT]],
  ['a test that selects one of two', ['sh', '-c', `[ "$ROLE" = beat ] && exec ${LINE}; exec celery -A app worker`]],
  ['a test that may skip it', ['sh', '-c', `[ "$RUN_BEAT" = 1 ] && ${LINE} & exec ./start`]],
  ['a command that waits for a lock', ['flock', '-n', '/shared/beat.lock', ...BEAT]],
  ['a command that waits for a lock of a cluster', ['consul', 'lock', 'locks/beat', ...BEAT]],
  ['a command that the elected leader runs', ['leader-elector', '--lease=beat', '--', ...BEAT]],
  ['a condition', ['sh', '-c', `if [ "$ROLE" = beat ]; then ${LINE}; else celery -A app worker; fi`]],
  ['a text that a loop reads', ['sh', '-c', 'for name in celery -A app beat; do echo $name; done']],
])('no beat is noticed in %s', (_, words) => {
  expect(celeryBeat(words)).toBeUndefined();
}); // prettier-ignore
