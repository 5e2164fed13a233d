import { expected } from '../problems/expected.js';
import { keeps } from '../kubernetes/text-rules.js';
import { PROMETHEUS_DURATION } from '../prometheus/prometheus-duration.js';
import { at, listAt, nameOf, textAt, type Finding, type Manifest } from './manifest.js';

// The models of kubernetes-models would check more, but load a WebAssembly engine for expressions at every start.

/** Rules of a PrometheusRule are such as Prometheus loads, as far as can be said without reading PromQL. */
export function checkPrometheusRule(manifest: Manifest): Finding[] {
  if (manifest['kind'] !== 'PrometheusRule') return [];
  const object = nameOf(manifest);
  return listAt(manifest, 'spec', 'groups').flatMap((group, i) => {
    const messages = listAt(group, 'rules').flatMap((rule, j) =>
      ruleProblems(rule).map((message) => ({ object, field: `spec.groups[${i}].rules[${j}]`, message })),
    );
    if (textAt(group, 'name') !== undefined) return messages;
    return [
      { object, field: `spec.groups[${i}].name`, message: expected('a name', at(group, 'name')) },
      ...messages,
    ];
  });
}

function ruleProblems(rule: Manifest): string[] {
  const problems: string[] = [];
  if ((at(rule, 'alert') === undefined) === (at(rule, 'record') === undefined))
    problems.push('a rule has either alert or record; set one of the two');
  const expr = at(rule, 'expr');
  if (typeof expr !== 'number' && (typeof expr !== 'string' || expr.trim() === ''))
    problems.push(`expr: ${expected('a PromQL expression', expr)}`);
  const pending = at(rule, 'for');
  if (pending !== undefined && pending !== '0s' && !keeps(PROMETHEUS_DURATION, pending))
    problems.push(`for: ${expected(PROMETHEUS_DURATION.what, pending)}`);
  if (pending !== undefined && at(rule, 'alert') === undefined)
    problems.push('for: only an alert waits; remove it');
  return problems;
}
