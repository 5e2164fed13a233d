import { ANY_QUANTITY, Quantity, quantityHint } from '../../kubernetes/quantity.js';
import { resourceProblems } from '../../kubernetes/resource-constraints.js';
import type { ResourceQuantities } from '../../kubernetes/resources.js';
import { matches } from '../../kubernetes/text-formats.js';
import { fieldIn } from '../../kubernetes/field-path.js';
import { ObjectDiagnostics } from '../object-diagnostics.js';
import { mapAt, type Manifest } from '../../kubernetes/manifest.js';
import type { WorkloadContainer } from '../cluster/workload.js';

/** Checks that the API server accepts the resource requests and limits of a container. */
export function checkResources({ manifest, field }: WorkloadContainer, diagnostics: ObjectDiagnostics): void {
  const requests = mapAt(manifest, 'resources', 'requests');
  const limits = mapAt(manifest, 'resources', 'limits');
  // Quantities in unusual notations, for example 1e9, are not compared.
  const strange = new Set<string>();
  for (const [list, amounts] of Object.entries({ requests, limits })) {
    for (const [name, amount] of Object.entries(amounts)) {
      if (Quantity.read(amount) !== undefined) continue;
      strange.add(name);
      if (amount === null) continue; // no value
      const place = fieldIn(`${field}.resources.${list}`, name);
      if (!matches(ANY_QUANTITY, written(amount)))
        diagnostics.wrongValue(place, ANY_QUANTITY.what, amount, quantityHint(amount));
    }
  }
  const problems = resourceProblems({
    requests: without(strange, requests),
    limits: without(strange, limits),
  });
  for (const { path, message, hint } of problems)
    diagnostics.refused(path.map(String).reduce(fieldIn, field), message, hint);
}

function without(strange: ReadonlySet<string>, amounts: Manifest): ResourceQuantities {
  const rest =
    strange.size === 0
      ? amounts
      : Object.fromEntries(Object.entries(amounts).filter(([name]) => !strange.has(name)));
  return rest as ResourceQuantities;
}

function written(amount: unknown): unknown {
  return typeof amount === 'number' ? String(amount) : amount;
}
