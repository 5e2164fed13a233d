import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { apiGroup } from '../../kubernetes/api-group.js';
import { at, type Manifest } from '../../kubernetes/manifest.js';
import { podShareProblem } from '../../kubernetes/pod-share.js';
import { isTemplated } from '../../kubernetes/replaced-later.js';
import { ObjectDiagnostics } from '../object-diagnostics.js';

/** Checks that the API server accepts the numbers of pods of an autoscaler. */
export function checkAutoscaler(manifest: Manifest): Diagnostic[] {
  const found = new ObjectDiagnostics(manifest);
  if (!isOf('autoscaling', manifest)) return [];
  const [fewest, most] = [at(manifest, 'spec', 'minReplicas'), at(manifest, 'spec', 'maxReplicas')];
  // 0 needs the feature gate HPAScaleToZero.
  if (typeof fewest === 'number' && fewest < 0)
    found.wrongValue('spec.minReplicas', 'a whole number from 0', fewest);
  if (typeof most === 'number' && most < 1)
    found.wrongValue('spec.maxReplicas', 'a whole number from 1', most);
  else if (typeof fewest === 'number' && typeof most === 'number' && fewest > most)
    found.refused(
      'spec.minReplicas',
      `${fewest} is above spec.maxReplicas ${most}`,
      `lower it to ${most} or below`,
    );
  return found.all;
}

/** Checks that the API server accepts the numbers of pods of a PodDisruptionBudget. */
export function checkBudget(manifest: Manifest): Diagnostic[] {
  const found = new ObjectDiagnostics(manifest);
  if (!isOf('policy', manifest)) return [];
  const given = ['minAvailable', 'maxUnavailable'].flatMap((field) => {
    const share = at(manifest, 'spec', field) ?? undefined;
    return share === undefined ? [] : [{ field: `spec.${field}`, share }];
  });
  for (const { field, share } of given) {
    const problem = isTemplated(share) ? undefined : podShareProblem(share);
    if (problem !== undefined) found.refused(field, problem.message, problem.hint);
  }
  if (given.length > 1)
    found.refused(
      'spec.minAvailable',
      'a budget has either minAvailable or maxUnavailable',
      'remove one of the two',
    );
  return found.all;
}

function isOf(group: string, { apiVersion }: Manifest): boolean {
  return typeof apiVersion === 'string' && apiGroup(apiVersion) === group;
}
