import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { temporaryFolder } from '../an-output-folder.js';
import { COMMAND, ROOT, run } from '../run-command.js';

// The questions of `init`, in a real terminal.

const cwd = temporaryFolder();
const ENTER = '\r';
const CLEAR = '\u0015';
const CTRL_C = '\u0003';

type Typed = readonly [question: string, keys: string];

/** Runs `init` in a terminal. */
function init(args: readonly string[], typed: readonly Typed[]) {
  const command = [process.execPath, COMMAND, 'init', ...args, '--package', '^1.2.3'];
  const terminal = path.join(ROOT, 'test/init/terminal.py');
  const { exitCode, stdout, stderr } = run('python3', [terminal, JSON.stringify(typed), ...command], {
    cwd,
    env: { TERM: 'xterm' },
  });
  return { exitCode, screen: stripVTControlCharacters(stdout).replaceAll('\r', ''), stderr };
}

const valuesIn = (folder: string) =>
  readFileSync(path.join(cwd, folder, 'values/shop.yaml'), 'utf8')
    .split('\n')
    .slice(1)
    .join('\n');

test('init asks for name, image, workers and port, and proposes answers', () => {
  const { exitCode, screen } = init(
    ['shop'],
    [
      ['Name of the application', ENTER],
      ['Container image', `a/b:1${ENTER}`],
      ['Worker processes in each pod', ENTER],
      ['Port on which', ENTER],
    ],
  );
  expect([exitCode, valuesIn('shop')]).toEqual([
    0,
    'name: shop\nimage: a/b:1\nworkers: 4\nhttp:\n  port: 8000\n',
  ]);
  expect(screen).toContain('Next:\n  cd shop && npm install\n  npx cdk8s synth\n');
});

test('the answer that the user types replaces the proposed one', () => {
  const { exitCode } = init(
    ['typed', '--image', 'a/b:1'],
    [
      ['Name of the application', `shop${ENTER}`],
      ['Worker processes in each pod', `8${ENTER}`],
      ['Port on which', `5000${ENTER}`],
    ],
  );
  expect([exitCode, valuesIn('typed')]).toEqual([
    0,
    'name: shop\nimage: a/b:1\nworkers: 8\nhttp:\n  port: 5000\n',
  ]);
});

test('init asks again after a wrong answer, and names the allowed answers', () => {
  const { exitCode, screen } = init(
    ['wrong', '--name', 'shop', '--image', 'a/b:1'],
    [
      ['Worker processes in each pod', `${CLEAR}0${ENTER}`],
      ['expected a whole number from 1 to 100, got 0', `${CLEAR}12${ENTER}`],
      ['Port on which', `${CLEAR}http${ENTER}`],
      ['expected a whole number from 1 to 65535, got "http"', `${CLEAR}5000${ENTER}`],
    ],
  );
  expect(screen).not.toContain('Container image');
  expect([exitCode, valuesIn('wrong')]).toEqual([
    0,
    'name: shop\nimage: a/b:1\nworkers: 12\nhttp:\n  port: 5000\n',
  ]);
});

test('init asks nothing when the options have all answers, or with --yes', () => {
  const all = ['--name', 'shop', '--image', 'a/b:1', '--workers', '1', '--port', '1024'];
  expect(init(['all', ...all], [])).toMatchObject({ exitCode: 0 });
  expect(init(['yes', '--yes'], [])).toMatchObject({ exitCode: 0 });
});

test('init reports wrong options before it asks', () => {
  const { exitCode, screen } = init(['never', '--workers', '0'], []);
  expect([exitCode, screen]).toEqual([
    1,
    '--workers: expected a whole number from 1 to 100, got 0\n1 problem; nothing was written\n',
  ]);
});

test('Ctrl-C writes nothing', () => {
  const { exitCode, screen } = init(
    ['cancelled'],
    [
      ['Name of the application', ENTER],
      ['Container image', CTRL_C],
    ],
  );
  expect([exitCode, existsSync(path.join(cwd, 'cancelled'))]).toEqual([1, false]);
  expect(screen).toContain('cancelled; nothing was written\n');
});
