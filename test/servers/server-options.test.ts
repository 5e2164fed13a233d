import { optionsIn, type Server } from '../../src/servers/server-options.js';
import { splitWords, UNKNOWN } from '../../src/servers/words.js';

/** As gunicorn reads them: words split as a shell does, then argparse with its shortened long options. */
test.each([
  ['-w 4', { workers: '-w 4' }],
  ['-w4', { workers: '-w4' }],
  ['-w=4', { workers: '-w=4' }],
  ['-Rw4', { workers: '-Rw4' }],
  ['-Rw 4', { workers: '-Rw 4' }],
  ['--workers 3', { workers: '--workers 3' }],
  ['--workers=3', { workers: '--workers=3' }],
  ['"--workers" 3', { workers: '--workers 3' }],
  ["'--workers=3'", { workers: '--workers=3' }],
  ['--work"ers"=3', { workers: '--workers=3' }],
  ['--timeout 30\t-w\n4', { workers: '-w 4' }],
  ['-RDw4', { workers: '-RDw4' }],
  ['--work\\ers=4', { workers: '--workers=4' }],
  ['--preload', { preload: '--preload' }],
  ['--prel', { preload: '--prel' }],
  ['--pre', { preload: '--pre' }],
  ['-c other.py', { config: '-c other.py' }],
  ['-cother.py', { config: '-cother.py' }],
  ['--config=other.py', { config: '--config=other.py' }],
  ['--conf other.py', { config: '--conf other.py' }],
  ['--timeout=30 --preload -w 2', { preload: '--preload', workers: '-w 2' }],
])('%s sets the same as the values', (args, found) => {
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
  const options = Object.entries(optionsIn('gunicorn', splitWords(args)));
  return Object.fromEntries(
    options.filter(([option]) => option !== 'bind').map(([option, all]) => [option, all.at(-1)?.inWords]),
  );
}

describe('each server has its own names of options', () => {
  test.each<[Server, string, string]>([
    ['uvicorn', '--workers 4', '4'],
    ['granian', '--workers=4', '4'],
    ['hypercorn', '-w 4', '4'],
    ['fastapi', 'run --workers 4', '4'],
    ['uwsgi', '--processes 4', '4'],
    ['uwsgi', '--workers 4', '4'],
    ['uwsgi', '-Mp4', '4'],
  ])('%s %s', (server, args, workers) => {
    expect(optionsIn(server, args.split(' ')).workers?.at(-1)?.value).toBe(workers);
  });
});

describe('a word that only the container knows', () => {
  const workers = (...words: string[]) => optionsIn('gunicorn', words).workers?.at(-1)?.value;

  test.each<[string, string[], string | undefined]>([
    ['may be another number, after one', ['-w', '5', UNKNOWN, 'app'], UNKNOWN],
    ['is nothing before the number', [UNKNOWN, '-w', '5', 'app'], '5'],
    ['is the number', ['-w', UNKNOWN, 'app'], UNKNOWN],
    ['is a part of the number', [`--workers=${UNKNOWN}`], UNKNOWN],
    ['is the value of another option', ['-w', '5', '--timeout', UNKNOWN, 'app'], '5'],
    ['may be an option after a flag', ['-w', '5', '--reload', UNKNOWN], UNKNOWN],
    ['is a part of another word', ['-w', '5', `0.0.0.0:${UNKNOWN}`], '5'],
  ])('%s', (_, words, value) => {
    expect(workers(...words)).toBe(value);
  });
});
