import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import makeBundle from './jest/bundle.setup.mjs';

/** Makes the folder in which `packed.ts` keeps the tarball of this run. */
export default async function setup() {
  await makeBundle();
  process.env.PACKED_FOLDER = mkdtempSync(path.join(tmpdir(), 'worker-metrics-packed-'));
}

export function removePackedFolder() {
  rmSync(process.env.PACKED_FOLDER, { recursive: true, force: true });
}
