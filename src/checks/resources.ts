import { ANY_QUANTITY, QUANTITY } from '../kubernetes/quantity.js';
import { resourceProblems } from '../kubernetes/resource-rules.js';
import { keeps } from '../kubernetes/text-rules.js';
import { expected } from '../problems/expected.js';
import { fieldIn } from './field-path.js';
import { mapAt, type Manifest, type Report } from './manifest.js';
import type { WorkloadContainer } from './workload.js';

/** The resources that a container asks for, and may have at most, are such as the API server takes. */
export function checkResources({ manifest, field }: WorkloadContainer, report: Report): void {
  const requests = mapAt(manifest, 'resources', 'requests');
  const limits = mapAt(manifest, 'resources', 'limits');
  for (const [list, amounts] of Object.entries({ requests, limits })) {
    for (const [name, amount] of Object.entries(amounts)) {
      if (!keeps(ANY_QUANTITY, written(amount)))
        report(fieldIn(`${field}.resources.${list}`, name), expected(ANY_QUANTITY.what, amount));
    }
  }
  const comparable = (amounts: Manifest) => {
    const entries = Object.entries(amounts).filter(
      ([name]) => isComparable(requests[name]) && isComparable(limits[name]),
    );
    return Object.fromEntries(entries) as Record<string, string | number>;
  };
  const problems = resourceProblems({ requests: comparable(requests), limits: comparable(limits) });
  for (const { path, message } of problems) report(path.map(String).reduce(fieldIn, field), message);
}

/** Whether an amount is written as people write it, or absent: Kubernetes makes 1717986918400m of 1.6Gi. */
function isComparable(amount: unknown): boolean {
  const text = written(amount);
  return text === undefined || (keeps(QUANTITY, text) && !/[0-9]{7}m$/.test(text));
}

function written(amount: unknown): unknown {
  return typeof amount === 'number' ? String(amount) : amount;
}
