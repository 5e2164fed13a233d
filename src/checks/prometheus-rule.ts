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
  for (const [field, doing] of Object.entries(TIMES_OF_ALERTS)) {
    const time = at(rule, field);
    if (time === undefined || isZero(time)) continue;
    if (!keeps(PROMETHEUS_DURATION, time))
      problems.push(`${field}: ${expected(`${PROMETHEUS_DURATION.what}, or 0s`, time)}`);
    if (at(rule, 'alert') === undefined) problems.push(`${field}: only an alert ${doing}; remove it`);
  }
  return problems;
}

const TIMES_OF_ALERTS = { for: 'waits', keep_firing_for: 'fires' } as const;

/** `0`, or a duration once its zeros are ones: Prometheus takes it in any rule, as if it were not there. */
function isZero(time: unknown): boolean {
  if (typeof time !== 'string' || /[1-9]/.test(time)) return false;
  return time === '0' || keeps(PROMETHEUS_DURATION, time.replaceAll('0', '1'));
}
