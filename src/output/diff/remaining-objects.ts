import { identity } from '../../kubernetes/identity.js';
import type { Manifest } from '../../kubernetes/manifest.js';
import { parentOf } from '../layout.js';
import type { ChangeWarning } from './change-warning.js';
import { leftBehind } from './left-behind.js';

/** All objects of the new manifests, with their files: an object that moved to another file is not left behind. */
export class RemainingObjects {
  private readonly files = new Map<string, string[]>();

  /** @param file path in the output folder */
  add(file: string, manifests: readonly Manifest[]): void {
    for (const manifest of manifests) {
      const key = identity(manifest) ?? '';
      this.files.set(key, [...(this.files.get(key) ?? []), file]);
    }
  }

  /** Warnings for an object that is removed from a file. Each folder is applied to one cluster. */
  warnOfRemoval(file: string, removed: Manifest): readonly ChangeWarning[] {
    const files = this.files.get(identity(removed) ?? '') ?? [];
    if (files.some((other) => parentOf(other) === parentOf(file))) return [];
    return leftBehind(removed, files[0]);
  }
}
