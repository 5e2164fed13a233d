import { gunicornOptionsIn } from '../../src/servers/gunicorn-args.js';

/** As gunicorn reads them: words split as a shell does, then argparse with its shortened long options. */
test.each([
  ['-w 4', { workers: '-w' }],
  ['-w4', { workers: '-w4' }],
  ['-w=4', { workers: '-w=4' }],
  ['-Rw4', { workers: '-Rw4' }],
  ['-Rw 4', { workers: '-Rw' }],
  ['--workers 3', { workers: '--workers' }],
  ['--workers=3', { workers: '--workers=3' }],
  ['"--workers" 3', { workers: '--workers' }],
  ["'--workers=3'", { workers: '--workers=3' }],
  ['--work"ers"=3', { workers: '--workers=3' }],
  ['--timeout 30\t-w\n4', { workers: '-w' }],
  ['-RDw4', { workers: '-RDw4' }],
  ['--work\\ers=4', { workers: '--workers=4' }],
  ['--preload', { preload: '--preload' }],
  ['--prel', { preload: '--prel' }],
  ['--pre', { preload: '--pre' }],
  ['-c other.py', { config: '-c' }],
  ['-cother.py', { config: '-cother.py' }],
  ['--config=other.py', { config: '--config=other.py' }],
  ['--conf other.py', { config: '--conf' }],
  ['--timeout=30 --preload -w 2', { preload: '--preload', workers: '-w' }],
])('%s sets what the values set', (args, found) => {
  expect(given(args)).toEqual(found);
});

test.each([
  '',
  '   ',
  '--worker-class gthread',
  '--worker-class=gthread',
  '--worker-connections 10',
  '--worker-tmp-dir /dev/shm',
  '-k gthread',
  '-kgeventwebsocket',
  '--threads 4',
  '--timeout 30',
  '-t30',
  '--access-logfile=-',
  "--access-logformat '%(h)s -w 4 --workers --preload'",
  '--access-logformat="%(r)s --preload"',
  "--forwarded-allow-ips='*'",
  '--bind 0.0.0.0:8000',
  '-bwww:80',
  '-nwebapp',
  '-e w=1',
  '-ew=1',
  '--env=-w',
  '--name=--workers',
  '--proc-name preload',
  '--proxy-protocol',
  '--print-config',
  '--chdir /app',
  '--no-control-socket',
  "--access-logfile ''",
  '--statsd-prefix ""',
])('%s sets nothing that the values set', (args) => {
  expect(given(args)).toEqual({});
});

function given(args: string): object {
  return Object.fromEntries(Object.entries(gunicornOptionsIn(args)).filter(([, word]) => word !== undefined));
}
