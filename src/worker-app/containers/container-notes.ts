import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import { unlikelyAmounts } from '../../kubernetes/unlikely-amounts.js';
import type { Resources } from '../../kubernetes/resources.js';
import type { PodValues } from '../pod-values.js';
import type { NamedPort } from '../ports/application-ports.js';
import { containerEntries } from './container-entries.js';
import { secretNotesOfContainer } from '../secret-notes.js';
import { programsOfContainers } from './program-of-container.js';

/** Warnings and notes about the init containers and sidecars of valid pods. @param containerPorts of the application's container */
export function containerNotes(
  spec: Pick<PodValues, 'initContainers' | 'sidecars'>,
  containerPorts: readonly NamedPort[],
): FieldDiagnostic[] {
  const ofApplication = new Set<string | undefined>(containerPorts.map(({ name }) => name));
  const ofEach = containerEntries(spec).flatMap(({ container, path, ends }) => {
    const { resources, ports, env } = container;
    return [
      ...secretNotesOfContainer(env, path),
      ...unlikelyAmounts(resources as Resources | undefined, [...path, 'resources'].map(String)),
      ...(ends ? [] : (ports ?? [])).flatMap(({ name }, i): FieldDiagnostic[] =>
        ofApplication.has(name)
          ? [
              {
                severity: 'warning',
                path: [...path, 'ports', i, 'name'],
                message:
                  "the application's container has a port of this name, too, and the Service leads to that one",
                hint: 'choose another name',
              },
            ]
          : [],
      ),
    ];
  });
  return [...programsOfContainers(spec), ...ofEach];
}
