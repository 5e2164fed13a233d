import { expected } from '../problems/expected.js';
import { requirementsOf, type Requirement } from './label-selector.js';
import { at, nameOf, type Finding, type Manifest } from './manifest.js';

/** Where objects of a kind choose others by their labels. */
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

/** Selectors are such as Kubernetes takes (LabelSelectorAsSelector), and the operator of its monitors. */
export function checkSelectors(manifest: Manifest): Finding[] {
  const field = FIELDS.get(manifest['kind']);
  if (field === undefined) return [];
  return requirementsOf(at(manifest, 'spec', field)).flatMap((requirement, i) => {
    const problem = problemOf(requirement);
    if (problem === undefined) return [];
    const place = `spec.${field}.matchExpressions[${i}].${problem.field}`;
    return [{ object: nameOf(manifest), field: place, message: problem.message }];
  });
}

function problemOf({ operator, values }: Requirement): { field: string; message: string } | undefined {
  switch (operator) {
    case 'In':
    case 'NotIn': {
      const what = `at least one value, as the operator is ${operator}`;
      return values.length > 0 ? undefined : { field: 'values', message: expected(what, undefined) };
    }
    case 'Exists':
    case 'DoesNotExist': {
      const message = `the operator ${operator} takes no values; remove them`;
      return values.length === 0 ? undefined : { field: 'values', message };
    }
    default:
      return { field: 'operator', message: expected('In, NotIn, Exists or DoesNotExist', operator) };
  }
}
