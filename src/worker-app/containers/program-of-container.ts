import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import { mistypedName, nearestName } from '../../diagnostics/expected.js';
import type { ContainerEntry } from '../../kubernetes-shapes/types.js';
import type { PodValues } from '../pod-values.js';
import { containerEntries, type Entry } from './container-entries.js';

/** Fields by which the program of an image may do other work than in the application's container. */
const CHOOSING = [
  'args',
  'env',
  'envFrom',
  'volumeMounts',
  'workingDir',
] as const satisfies readonly (keyof ContainerEntry)[];

/**
 * Warnings about init containers and sidecars without image and command: each runs the program of the application's image,
 * usually a second web server. Often the name is misspelled, and the values belong to another container.
 */
export function programsOfContainers(
  spec: Pick<PodValues, 'initContainers' | 'sidecars'>,
): FieldDiagnostic[] {
  const entries = containerEntries(spec);
  const named = entries.filter(({ container }) => hasProgram(container)).map(({ name }) => name);
  return entries
    .filter(({ container }) => !hasProgram(container))
    .flatMap(({ name, path, container, ends }): FieldDiagnostic[] => {
      const mayDoOtherWork = CHOOSING.some((field) => (container[field] ?? undefined) !== undefined);
      if (mayDoOtherWork && mistypedName(name, named) === undefined) return [];
      const message = `without image and command, it runs the program of the application's image${effect(ends)}`;
      const hint = nearestName(name, named) ?? 'set its image, command or args';
      return [{ severity: 'warning', path, message, hint, inKey: true }];
    });
}

function hasProgram({ image, command }: Entry['container']): boolean {
  return (image ?? undefined) !== undefined || (command ?? []).length > 0;
}

function effect(ends: boolean): string {
  return ends ? ': if that is a server, the application never starts' : ' a second time in the pod';
}
