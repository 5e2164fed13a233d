import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder, writeFiles } from '../an-output-folder.js';
import { COMMAND } from '../run-command.js';

const cwd = temporaryFolder();
writeFiles(cwd, { 'values/shop.yaml': 'name: shop\nimage: example/shop:v1\nworkers: 2\n' });

// A process of its own: the system asks for the real user, which a test cannot change for itself.
test.each([[[]], [['--dry-run']]])('synth %j fails for a folder that accepts no files', (flags) => {
  const closed = path.join(cwd, `closed${flags.length}`);
  mkdirSync(closed);
  chmodSync(closed, 0o555);
  chmodSync(cwd, 0o755);
  const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}; // root may write anywhere
  const args = [COMMAND, 'synth', '--output', `closed${flags.length}`, ...flags];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8', ...nobody });
  expect([status, stderr]).toEqual([
    1,
    expect.stringMatching(
      /^closed.*: cannot be written: permission denied\n1 problem; nothing was written\n$/,
    ),
  ]);
});
