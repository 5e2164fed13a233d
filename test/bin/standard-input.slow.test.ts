import { temporaryFolder, writeFiles } from '../an-output-folder.js';
import { COMMAND, run } from '../run-command.js';

// What the shell hands over: standard input, and the pipes of <(…).

const cwd = temporaryFolder();
writeFiles(cwd, {
  'shop.yaml': 'name: shop\nimage: x/y:1\nworkers: 1\n',
  'blog.yaml': 'name: blog\nimage: x/y:1\nworkers: 1\n',
  'slow.sh': 'head -1 shop.yaml; sleep 0.1; tail -2 shop.yaml',
});

/** Runs a line of bash in which `wm` is the command. */
function bash(line: string) {
  const script = `wm() { "${process.execPath}" "${COMMAND}" "$@"; }; ${line}`;
  return run('bash', ['-c', script], { cwd });
}

test.each([
  ['wm synth --values /dev/stdin < shop.yaml', 1],
  ['cat shop.yaml | wm synth --values /dev/stdin', 1],
  ['cat shop.yaml | wm synth -f -', 1],
  ['cat shop.yaml | WORKER_METRICS_VALUES=- wm synth', 1],
  ['cat shop.yaml | wm synth -f - -f /dev/stdin -f blog.yaml', 2],
  ['sh slow.sh | wm synth --values /proc/self/fd/0', 1],
  ['wm synth --values <(cat shop.yaml) --values <(cat blog.yaml)', 2],
  ['cat shop.yaml | wm synth --values /dev/stdin --values /dev/stdin --values blog.yaml', 2],
])('%s reads the values', (line, count) => {
  const files = count === 1 ? '1 file' : `${count} files`;
  const { exitCode, stderr } = bash(`rm -rf dist; ${line}`);
  expect([exitCode, stderr]).toEqual([0, `dist: ${files} written, 0 unchanged, 0 removed\n`]);
});

test.each([
  ['wm synth --values /dev/stdin < /dev/zero', '/dev/stdin'],
  ['wm synth --values <(yes)', '/dev/fd/63'],
  ['wm trace - < /dev/zero', '<stdin>'],
  ['yes | wm trace /dev/stdin', '/dev/stdin'],
])('%s ends, though its input does not', (line, file) => {
  const { exitCode, stderr } = bash(line);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(`${file}: longer than 256 MiB, or endless\n1 problem; nothing was `);
});

test('a problem in values from standard input is placed in <stdin>', () => {
  expect(bash("sed 's/: 1/: 0/' shop.yaml | wm diff -f -")).toEqual({
    exitCode: 2,
    stdout: '',
    stderr:
      '<stdin>:3: workers: expected a whole number from 1 to 100, got 0\n1 problem; nothing was compared\n',
  });
});

test.each(['', ' --dry-run'])('set%s does not write to standard input', (flag) => {
  expect(bash(`cat shop.yaml | wm set shop.workers=2 -f -${flag}`)).toMatchObject({
    exitCode: 1,
    stderr: '<stdin>: is not a file that can be written\n1 problem; nothing was written\n',
  });
});

test('a descriptor that is not open is named', () => {
  expect(bash('wm synth --values /dev/fd/99')).toMatchObject({
    exitCode: 1,
    stderr: '/dev/fd/99: cannot be read: bad file descriptor\n1 problem; nothing was written\n',
  });
});

test.each([
  ['true', 'empty; look whether the command before the pipe failed'],
  [
    'echo "{ apiVersion: apps/v1, kind: StatefulSet, metadata: { name: a } }"',
    'no Deployment in these manifests, but StatefulSet default/a; a WorkerApp makes a Deployment: name the manifests of a chart whose web application is one',
  ],
  ['echo "[]"', 'expected one map, as in the values.yaml of a chart, got a list'],
])('import-helm - after %s names standard input', (command, problem) => {
  expect(bash(`${command} | wm import-helm -`)).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: `<stdin>: ${problem}\n1 problem; nothing was written\n`,
  });
});
