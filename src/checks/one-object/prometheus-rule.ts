import { expected, inListAlready, inspectName } from '../../diagnostics/expected.js';
import { matches } from '../../kubernetes/text-formats.js';
import { ALERT_TEMPLATE, templateProblem } from '../../prometheus/go-template.js';
import { META_LABEL_NAME } from '../../prometheus/label-name.js';
import { PROMETHEUS_DURATION } from '../../prometheus/prometheus-duration.js';
import { promqlProblem } from '../../prometheus/promql-problem.js';
import { ObjectDiagnostics } from '../object-diagnostics.js';
import type { Diagnostic, Message } from '../../diagnostics/diagnostic.js';
import { at, listAt, mapAt, textAt, type Manifest } from '../../kubernetes/manifest.js';
import { isReplacedLater } from '../../kubernetes/replaced-later.js';

// The model of kubernetes-models checks more, but loads a WebAssembly engine at every start.

/** Checks that Prometheus loads the rules of a PrometheusRule. The operator drops all of them if it refuses one. */
export function checkPrometheusRule(manifest: Manifest): Diagnostic[] {
  const diagnostics = new ObjectDiagnostics(manifest);
  const groups = listAt(manifest, 'spec', 'groups');
  for (const [i, group] of groups.entries()) {
    const field = `spec.groups[${i}]`;
    const name = textAt(group, 'name');
    const first = groups.findIndex((other) => textAt(other, 'name') === name);
    if (name === undefined || name === '')
      diagnostics.refused(`${field}.name`, expected('a name', at(group, 'name')));
    else if (first < i) {
      const { message } = inListAlready(name, first);
      diagnostics.refused(`${field}.name`, message, 'give each group a name of its own');
    }
    for (const key of ['interval', 'query_offset'])
      if (!isDuration(at(group, key)))
        diagnostics.wrongValue(`${field}.${key}`, PROMETHEUS_DURATION.what, at(group, key));
    for (const label of labelsProblems(group, 'labels')) report(diagnostics, field, label);
    for (const [j, rule] of listAt(group, 'rules').entries())
      for (const problem of ruleProblems(rule)) report(diagnostics, `${field}.rules[${j}]`, problem);
  }
  return diagnostics.all;
}

/** `isUnwise`: Prometheus 3 accepts it, and the operator's admission webhook does not. */
type Problem = Message & { readonly isUnwise?: boolean };

function report(diagnostics: ObjectDiagnostics, field: string, { message, hint, isUnwise }: Problem): void {
  if (isUnwise === true) diagnostics.unwise(field, message, hint);
  else diagnostics.dropped(field, message, hint);
}

function ruleProblems(rule: Manifest): Problem[] {
  const isAlert = at(rule, 'alert') !== undefined;
  return [
    ...(isAlert === (at(rule, 'record') !== undefined)
      ? [{ message: 'a rule has either alert or record', hint: 'set one of the two' }]
      : []),
    ...expressionProblems(at(rule, 'expr')),
    ...Object.entries(TIMES_OF_ALERTS).flatMap(([field, doing]) => timeProblems(rule, field, doing)),
    ...(isAlert ? [] : recordProblems(rule)),
    ...labelsProblems(rule, 'labels'),
    ...labelsProblems(rule, 'annotations'),
    ...(isAlert ? [...templateProblems(rule, 'labels'), ...templateProblems(rule, 'annotations')] : []),
  ];
}

function expressionProblems(expr: unknown): Problem[] {
  if (typeof expr === 'number' || isReplacedLater(expr)) return [];
  if (typeof expr !== 'string' || expr.trim() === '')
    return [{ message: `expr: ${expected('a PromQL expression', expr)}` }];
  const problem = promqlProblem(expr);
  return problem === undefined ? [] : [{ ...problem, message: `expr: ${problem.message}` }];
}

const TIMES_OF_ALERTS = { for: 'waits', keep_firing_for: 'fires' } as const;

function timeProblems(rule: Manifest, field: string, doing: string): Problem[] {
  const time = at(rule, field);
  if (time === undefined || isZero(time) || (field === 'for' && time === '')) return [];
  return [
    ...(matches(PROMETHEUS_DURATION, time) || isReplacedLater(time)
      ? []
      : [{ message: `${field}: ${expected(`${PROMETHEUS_DURATION.what}, or 0s`, time)}` }]),
    ...(at(rule, 'alert') === undefined
      ? [{ message: `${field}: only an alert ${doing}`, hint: 'remove it' }]
      : []),
  ];
}

function isDuration(value: unknown): boolean {
  return value === undefined || value === '' || isZero(value) || matches(PROMETHEUS_DURATION, value);
}

/** Whether a duration is zero (`0`, `0s`, `0m`): Prometheus accepts it in any rule and ignores it. */
function isZero(time: unknown): boolean {
  if (typeof time !== 'string' || /[1-9]/.test(time)) return false;
  return time === '0' || matches(PROMETHEUS_DURATION, time.replaceAll('0', '1'));
}

const METRIC_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const UTF_8 = 'only Prometheus 3 accepts it; the admission webhook of the operator refuses it';

function recordProblems(rule: Manifest): Problem[] {
  const name = textAt(rule, 'record');
  const problems: Problem[] = [];
  if (name !== undefined && /[{}]/.test(name))
    problems.push({
      message: `record: expected the name of a series, got ${inspectName(name)}`,
      hint: 'matchers belong to expr',
    });
  else if (name !== undefined && !METRIC_NAME.test(name))
    problems.push({
      message: `record: ${inspectName(name)} is no name of letters, digits, "_" and ":": ${UTF_8}`,
      isUnwise: name !== '',
    });
  if (Object.keys(mapAt(rule, 'annotations')).length > 0)
    problems.push({ message: 'annotations: only an alert has annotations', hint: 'remove them' });
  return problems;
}

function labelsProblems(owner: Manifest, field: 'labels' | 'annotations'): Problem[] {
  return Object.keys(mapAt(owner, field)).flatMap((name): Problem[] => {
    if (field === 'labels' && name === '__name__')
      return [{ message: 'labels: __name__ is the name of the series', hint: 'remove it' }];
    if (matches(META_LABEL_NAME, name)) return [];
    const message = `${field}: ${expected(META_LABEL_NAME.what, name)}: ${UTF_8}`;
    return [{ message, isUnwise: name !== '' }];
  });
}

function templateProblems(rule: Manifest, field: 'labels' | 'annotations'): Problem[] {
  return Object.entries(mapAt(rule, field)).flatMap(([name, text]) => {
    const problem = typeof text === 'string' ? templateProblem(text, ALERT_TEMPLATE) : undefined;
    return problem === undefined ? [] : [{ ...problem, message: `${field}.${name}: ${problem.message}` }];
  });
}
