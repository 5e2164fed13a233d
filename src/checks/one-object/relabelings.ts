import { AnchoredExpression } from '../../prometheus/anchored-expression.js';
import { REGULAR_EXPRESSION } from '../../prometheus/regular-expression.js';
import { relabelingProblem, type Relabeling } from '../../prometheus/relabel-config.js';
import { expected } from '../../diagnostics/expected.js';
import type { Diagnostic, Message } from '../../diagnostics/diagnostic.js';
import { at, nameOf, type Manifest } from '../../kubernetes/manifest.js';
import type { CheckedObject } from '../cluster/checked-object.js';
import { RELABELING_LISTS, relabelingsOf } from '../cluster/relabelings.js';

/** Checks that Prometheus accepts the relabelling steps. The operator drops a monitor with an invalid step. */
export function checkMonitorRelabelings(manifest: Manifest, { monitor }: CheckedObject): Diagnostic[] {
  if (monitor === undefined) return [];
  return monitor.endpoints.flatMap(({ manifest: endpoint, field }) =>
    RELABELING_LISTS.filter((list) => at(endpoint, list) !== undefined).flatMap((list) =>
      relabelingsOf(endpoint, list).flatMap((step, i) => {
        const problem = step && problemOf(step);
        if (problem === undefined) return [];
        const { field: own, message, ...hint } = problem;
        return [
          {
            severity: 'error' as const,
            rejectedBy: 'operator' as const,
            object: nameOf(manifest),
            field: [`${field}.${list}[${i}]`, own].filter(Boolean).join('.'),
            message: `${message}; the operator drops the whole monitor`,
            ...hint,
          },
        ];
      }),
    ),
  );
}

function problemOf(step: Relabeling): (Message & { readonly field?: string }) | undefined {
  const problem = relabelingProblem(step);
  if (problem !== undefined) return problem;
  if (step.regex === undefined) return undefined;
  try {
    AnchoredExpression.of(step.regex);
    return undefined;
  } catch {
    return { field: 'regex', message: expected(REGULAR_EXPRESSION.what, step.regex) };
  }
}
