import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from '../cluster/program.js';

/** Runs before each program that the hook runs, counts, and kills the hook in place of the chosen one. */
export class KilledSteps {
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'steps-'));
  private readonly counted = path.join(this.folder, 'counted');

  constructor() {
    for (const name of ['git', 'ln', 'mkdir', 'mv', 'readlink', 'rm', 'sync']) {
      const real = run('which', [name]).trim();
      const script = `#!/bin/sh\necho ${name} >> ${this.counted}\n[ "$(wc -l < ${this.counted})" -ne "$KILL_AT" ] || kill -9 0\nexec ${real} "$@"\n`;
      writeFileSync(path.join(this.folder, name), script, { mode: 0o755 });
    }
  }

  /** The environment of a run that is killed before its step with this number, from 1. */
  before(step: number): NodeJS.ProcessEnv {
    writeFileSync(this.counted, '');
    return { PATH: `${this.folder}:${process.env['PATH']}`, KILL_AT: String(step) };
  }

  end(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
