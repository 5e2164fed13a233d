import path from 'node:path';
import { ROOT, run } from '../run-command.js';

test('the command of a clone also runs from its earlier path', () => {
  const ran = run(process.execPath, [path.join(ROOT, 'bin/worker-metrics.mjs'), '--version']);
  expect(ran).toEqual({ exitCode: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), stderr: '' });
});
