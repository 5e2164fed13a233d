import { expected } from '../diagnostics/expected.js';
import { matches } from '../kubernetes/text-formats.js';
import { PROMETHEUS_DURATION } from '../prometheus/prometheus-duration.js';
import { ObjectDiagnostics } from './object-diagnostics.js';
import type { Diagnostic, Message } from '../diagnostics/diagnostic.js';
import { at, listAt, textAt, type Manifest } from '../kubernetes/manifest.js';

// The model of kubernetes-models checks more, but loads a WebAssembly engine at every start.

/** Checks that Prometheus loads the rules of a PrometheusRule. PromQL itself is not parsed. */
export function checkPrometheusRule(manifest: Manifest): Diagnostic[] {
  if (manifest['kind'] !== 'PrometheusRule') return [];
  const diagnostics = new ObjectDiagnostics(manifest);
  for (const [i, group] of listAt(manifest, 'spec', 'groups').entries()) {
    if (textAt(group, 'name') === undefined)
      diagnostics.refused(`spec.groups[${i}].name`, expected('a name', at(group, 'name')));
    for (const [j, rule] of listAt(group, 'rules').entries())
      for (const { message, hint } of ruleProblems(rule))
        diagnostics.dropped(`spec.groups[${i}].rules[${j}]`, message, hint);
  }
  return diagnostics.all;
}

function ruleProblems(rule: Manifest): Message[] {
  const problems: Message[] = [];
  if ((at(rule, 'alert') === undefined) === (at(rule, 'record') === undefined))
    problems.push({ message: 'a rule has either alert or record', hint: 'set one of the two' });
  const expr = at(rule, 'expr');
  if (typeof expr !== 'number' && (typeof expr !== 'string' || expr.trim() === ''))
    problems.push({ message: `expr: ${expected('a PromQL expression', expr)}` });
  for (const [field, doing] of Object.entries(TIMES_OF_ALERTS)) {
    const time = at(rule, field);
    if (time === undefined || isZero(time)) continue;
    if (!matches(PROMETHEUS_DURATION, time))
      problems.push({ message: `${field}: ${expected(`${PROMETHEUS_DURATION.what}, or 0s`, time)}` });
    if (at(rule, 'alert') === undefined)
      problems.push({ message: `${field}: only an alert ${doing}`, hint: 'remove it' });
  }
  return problems;
}

const TIMES_OF_ALERTS = { for: 'waits', keep_firing_for: 'fires' } as const;

/** Whether a duration is zero (`0`, `0s`, `0m`): Prometheus accepts it in any rule and ignores it. */
function isZero(time: unknown): boolean {
  if (typeof time !== 'string' || /[1-9]/.test(time)) return false;
  return time === '0' || matches(PROMETHEUS_DURATION, time.replaceAll('0', '1'));
}
