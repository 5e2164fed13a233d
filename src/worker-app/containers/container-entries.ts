import type { FieldPath } from '../../diagnostics/field-path.js';
import type { SidecarEntry } from '../../kubernetes-shapes/types.js';
import type { ResolvedWorkerApp } from '../keys/index.js';

/** A container beside the application's. */
export interface Entry {
  readonly name: string;
  readonly path: FieldPath;
  readonly container: SidecarEntry;
  /** Whether it is an init container that ends before the application starts. */
  readonly ends: boolean;
}

/** The entries of `initContainers` and `sidecars`. */
export function containerEntries({
  initContainers = {},
  sidecars = {},
}: Partial<Pick<ResolvedWorkerApp, 'initContainers' | 'sidecars'>>): Entry[] {
  return [
    ...Object.entries(initContainers).map(([name, container]) => ({
      name,
      path: ['initContainers', name],
      container,
      ends: container.restartPolicy !== 'Always',
    })),
    ...Object.entries(sidecars).map(([name, container]) => ({
      name,
      path: ['sidecars', name],
      container,
      ends: false,
    })),
  ];
}
