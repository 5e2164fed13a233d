import { temporaryFolder, writeFiles } from '../an-output-folder.js';
import { workerMetrics } from '../run-command.js';

// The command as a process of its own. test/cli runs its main function.

const cwd = temporaryFolder();

test('the command prints its messages and ends with its exit code', () => {
  writeFiles(cwd, { 'values/shop.yaml': 'name: shop\nimage: example/shop\nworkers: 0\n' });
  const { exitCode, stdout, stderr } = workerMetrics(['synth'], { cwd });
  expect([exitCode, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^values\/shop\.yaml:3: workers: .+\n(?: .+\n)+1 problem; nothing was written\n$/);
});
