import { expected } from '../../diagnostics/expected.js';
import { requirementsOf, type Requirement } from '../cluster/label-selector.js';
import { ObjectDiagnostics } from '../object-diagnostics.js';
import type { Diagnostic, Message } from '../../diagnostics/diagnostic.js';
import { at, type Manifest } from '../../kubernetes/manifest.js';

/** The selector field of each kind. */
const FIELDS: ReadonlyMap<unknown, string> = new Map(
  Object.entries({
    ServiceMonitor: 'selector',
    PodMonitor: 'selector',
    Deployment: 'selector',
    ReplicaSet: 'selector',
    StatefulSet: 'selector',
    DaemonSet: 'selector',
    Job: 'selector',
    PodDisruptionBudget: 'selector',
    NetworkPolicy: 'podSelector',
  }),
);

/** Checks selectors as Kubernetes (LabelSelectorAsSelector) and, for monitors, the operator do. */
export function checkSelectors(manifest: Manifest): Diagnostic[] {
  const field = FIELDS.get(manifest['kind']);
  if (field === undefined) return [];
  const diagnostics = new ObjectDiagnostics(manifest);
  const isMonitor = manifest['kind'] === 'ServiceMonitor' || manifest['kind'] === 'PodMonitor';
  for (const [i, requirement] of requirementsOf(at(manifest, 'spec', field)).entries()) {
    const problem = problemOf(requirement);
    if (problem === undefined) continue;
    const place = `spec.${field}.matchExpressions[${i}].${problem.field}`;
    if (isMonitor) diagnostics.dropped(place, problem.message, problem.hint);
    else diagnostics.refused(place, problem.message, problem.hint);
  }
  return diagnostics.all;
}

function problemOf({ operator, values }: Requirement): (Message & { readonly field: string }) | undefined {
  switch (operator) {
    case 'In':
    case 'NotIn': {
      const what = `at least one value, as the operator is ${operator}`;
      return values.length > 0 ? undefined : { field: 'values', message: expected(what, undefined) };
    }
    case 'Exists':
    case 'DoesNotExist': {
      const message = `the operator ${operator} takes no values`;
      return values.length === 0 ? undefined : { field: 'values', message, hint: 'remove them' };
    }
    default:
      return { field: 'operator', message: expected('In, NotIn, Exists or DoesNotExist', operator) };
  }
}
