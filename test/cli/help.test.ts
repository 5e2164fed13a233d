import { readFileSync } from 'node:fs';
import { Workplace } from './command-line.js';

const COMMANDS = ['synth', 'diff', 'set', 'explain', 'costs', 'trace', 'report', 'import-helm', 'publish'];

describe('help', () => {
  test.each(COMMANDS)('of %s gives examples and exit codes', async (command) => {
    const { exitCode, stdout } = await run(command, '--help');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Examples:\n  $ worker-metrics');
    expect(stdout).toContain('Exit code: 0 ');
  });

  test('names every command', async () => {
    const { stdout } = await run('--help');
    for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${command}[ |]`, 'm'));
  });

  test('tells the version of the package', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(await run('--version')).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
  });

  test.each([
    [['nonsense']],
    [['synth', '--nonsense']],
    [['explain']],
    [['trace', '-o', 'xml']],
    [['publish']],
  ])('is printed for arguments that the program does not know: %j', async (args) => {
    const { exitCode, stderr } = await run(...args);
    expect([exitCode, stderr.startsWith('error: ')]).toEqual([1, true]);
  });
});

async function run(...args: string[]) {
  const place = new Workplace();
  try {
    return await place.run(...args);
  } finally {
    place.remove();
  }
}
