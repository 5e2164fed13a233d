import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Makes the folder in which `packed.ts` keeps the tarball of this run. */
export default function setup() {
  process.env.PACKED_FOLDER = mkdtempSync(path.join(tmpdir(), 'worker-metrics-packed-'));
}

export function removePackedFolder() {
  rmSync(process.env.PACKED_FOLDER, { recursive: true, force: true });
}
