import { checkManifests } from '../../../src/checks/check-manifests.js';

const ruleOf = (...groups: object[]) => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PrometheusRule',
  metadata: { name: 'own', namespace: 'shop' },
  spec: { groups },
});
const alert = (rule: object) => ruleOf({ name: 'a', rules: [{ alert: 'A', expr: 'up', ...rule }] });
const record = (rule: object) => ruleOf({ name: 'a', rules: [{ record: 'a', expr: 'up', ...rule }] });
const found = (manifest: object) =>
  checkManifests([manifest]).map(({ severity, field, message }) => `${severity} ${field}: ${message}`);

const RULE = 'error spec.groups[0].rules[0]:';

test.each<[string, object, string]>([
  ['no PromQL', alert({ expr: 'sum(' }), `${RULE} expr: "sum(" is no PromQL expression: it ends too early`],
  ['a template that does not end', alert({ annotations: { summary: '{{ $labels.pod' } }), `${RULE} annotations.summary: the action {{ $labels.pod has no end`],
  ['a label with an unknown variable', alert({ labels: { pod: '{{ $lables.pod }}' } }), `${RULE} labels.pod: a template has no variable $lables`],
  ['annotations of a series', record({ annotations: { summary: 'a' } }), `${RULE} annotations: only an alert has annotations`],
  ['matchers in the name of a series', record({ record: 'a{b="c"}' }), `${RULE} record: expected the name of a series, got a{b="c"}`],
  ['another name in a label', record({ labels: { __name__: 'b' } }), `${RULE} labels: __name__ is the name of the series`],
  ['a group without a name', ruleOf({ name: '', rules: [] }), 'error spec.groups[0].name: expected a name, got ""'],
  ['two groups of one name', ruleOf({ name: 'a' }, { name: 'a' }), 'error spec.groups[1].name: "a" is in the list already, as number 1'],
])('the operator refuses %s, and we before it', (_, manifest, message) => {
  expect(found(manifest)).toEqual([message]);
}); // prettier-ignore

test.each<[string, object, string]>([
  ['interval', ruleOf({ name: 'a', interval: '5x', rules: [] }), 'error spec.groups[0].interval: expected a duration'],
  ['query_offset', ruleOf({ name: 'a', query_offset: '5x', rules: [] }), 'error spec.groups[0].query_offset: expected a duration'],
])('the API server refuses a wrong %s of a group, and we before it', (_, manifest, message) => {
  expect(found(manifest).map((line) => line.slice(0, message.length))).toEqual([message]);
}); // prettier-ignore

test.each<[string, object, string]>([
  ['the name of a series', record({ record: 'a-b' }), 'record: a-b'],
  ['the name of a label', alert({ labels: { 'a-b': 'c' } }), 'labels: expected a label name'],
  ['the name of an annotation', alert({ annotations: { 'a-b': 'c' } }), 'annotations: expected a label name'],
  ['the label of a group', ruleOf({ name: 'a', labels: { 'a.b': 'c' }, rules: [] }), 'labels: expected a label name'],
])('%s that only Prometheus 3 accepts is a warning', (_, manifest, message) => {
  const lines = found(manifest);
  expect(lines).toEqual([expect.stringContaining(message)]);
  expect(lines[0]).toMatch(/^warning .*only Prometheus 3 accepts it/);
}); // prettier-ignore

test('MetricsQL is a warning: the operator of VictoriaMetrics reads it in a PrometheusRule', () => {
  expect(found(alert({ expr: 'median_over_time(up[5m]) < 1' }))).toEqual([
    'warning spec.groups[0].rules[0]: expr: median_over_time is a word of MetricsQL: VictoriaMetrics reads this expression, and Prometheus does not',
  ]);
});

test.each<[string, object]>([
  ['an empty for', alert({ for: '' })],
  ['a number as an expression', alert({ expr: 1 })],
  ['braces in a text of a series', record({ labels: { text: '{{ $x' } })],
  ['intervals of zero and none', ruleOf({ name: 'a', interval: '0s', query_offset: '1m', limit: 5, rules: [] })],
])('%s is right', (_, manifest) => {
  expect(found(manifest)).toEqual([]);
}); // prettier-ignore
