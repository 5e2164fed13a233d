import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import type { FieldPath } from '../../diagnostics/field-path.js';
import type { WorkerAppSpec } from '../worker-app-spec.js';
import type { Ingress } from './ingress-key.js';
import { rulesOf } from './ingress.js';

/** Warns of a host and path that an Ingress has twice: a controller refuses the Ingress, or uses one of the two backends. */
export function ingressNotes({ ingress }: Pick<WorkerAppSpec, 'ingress'>): FieldDiagnostic[] {
  if (ingress === undefined) return [];
  const taken = new Set<string>();
  const { pathType: ofAll = 'Prefix' } = ingress;
  return rulesOf(ingress).flatMap(({ host, paths }, i) =>
    paths.flatMap(({ path = '/', pathType = ofAll }, j): FieldDiagnostic[] => {
      const match = JSON.stringify([host, path, pathType]);
      if (!taken.has(match)) {
        taken.add(match);
        return [];
      }
      const requests = `${host ?? 'requests to every host'} with the path ${path}`;
      return [
        {
          severity: 'warning',
          path: ['ingress', ...placeOf(ingress, i, j)],
          message: `${requests} is in the list already, and only one of the two backends receives the requests`,
          hint: 'remove one of the two',
        },
      ];
    }),
  );
}

/** The place of the path number j of the rule number i. */
function placeOf({ rules, paths }: Ingress, i: number, j: number): FieldPath {
  const ofRule = rules === undefined ? [] : ['rules', i];
  const hasPaths = rules === undefined ? paths !== undefined : rules[i]?.paths !== undefined;
  return [...ofRule, ...(hasPaths ? ['paths', j] : [])];
}
