import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { Workplace } from './command-line.js';

/** The options without which `init` asks. */
export const ANSWERS = ['--image', 'a/b:1', '--workers', '8'];

/** A folder to make projects in, gone after the test. */
export class InitPlace extends Workplace {
  /** Runs `init`, for a package that is published. */
  init(...args: readonly string[]) {
    return this.runInside('init', ...args, '--package', '^1.2.3');
  }

  /** All files below a folder. */
  filesBelow(folder: string): string[] {
    return readdirSync(this.path(folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(this.path(path.join(folder, name))).isFile())
      .toSorted();
  }
}
