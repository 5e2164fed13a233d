import type { FieldPath } from '../../diagnostics/field-path.js';
import type { ContainerEntry, SidecarEntry } from '../../kubernetes-shapes/types.js';
import type { ResolvedWorkerApp } from '../keys/index.js';

/** A container beside the application's. */
export interface Entry {
  readonly name: string;
  readonly path: FieldPath;
  readonly container: SidecarEntry;
  /** Whether it is an init container that ends before the application starts. */
  readonly ends: boolean;
}

/** Where `in` puts a container without it: into the web pods. */
export const WEB = 'web';

/** The place of the pods of `cronJobs` and `migrate`. */
export const JOBS = 'jobs';

/** Entries of `initContainers` or `sidecars` that are in pods. @param place `web`, `jobs`, or a process */
export function containersIn<Container extends ContainerEntry>(
  entries: Readonly<Record<string, Container>> = {},
  place: string = WEB,
): Readonly<Record<string, Container>> {
  return Object.fromEntries(
    Object.entries(entries).filter(([, container]) => (container.in ?? [WEB]).includes(place)),
  );
}

/** The entries of `initContainers` and `sidecars` in the web pods, or in the pods of a process or job. */
export function containerEntries({
  initContainers = {},
  sidecars = {},
}: Partial<Pick<ResolvedWorkerApp, 'initContainers' | 'sidecars'>>): Entry[] {
  return [
    ...Object.entries(containersIn(initContainers)).map(([name, container]) => ({
      name,
      path: ['initContainers', name],
      container,
      ends: container.restartPolicy !== 'Always',
    })),
    ...Object.entries(containersIn(sidecars)).map(([name, container]) => ({
      name,
      path: ['sidecars', name],
      container,
      ends: false,
    })),
  ];
}
