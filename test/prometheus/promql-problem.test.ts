import { promqlProblem } from '../../src/prometheus/promql-problem.js';

const RE2 = 'is no regular expression (RE2: no look-ahead, no back-references)';

test.each<[string, string]>([
  ['sum(', '"sum(" is no PromQL expression: it ends too early'],
  ['up{job="web"', String.raw`"up{job=\"web\"" is no PromQL expression: it ends too early`],
  ['up down', '"up down" is no PromQL expression: it is wrong at "down"'],
  ['up == = 1', '"up == = 1" is no PromQL expression: it is wrong at "= 1"'],
  ['rat(up[5m])', 'PromQL has no function rat'],
  ['rate(up)', 'the function rate needs a range vector, such as up[5m], got an instant vector: "up"'],
  ['rate(sum(up))', 'the function rate needs a range vector, such as up[5m], got an instant vector: "sum(up)"'],
  ['sum(up[5m])', 'the aggregation sum needs an instant vector, got a range vector: "up[5m]"'],
  ['clamp(up, 1)', 'the function clamp takes 3 arguments, got 2'],
  ['round()', 'the function round takes 1 to 2 arguments, got 0'],
  ['label_join(up)', 'the function label_join takes at least 3 arguments, got 1'],
  ['topk(up)', 'the aggregation topk takes 2 arguments, got 1'],
  ['topk("a", up)', String.raw`the aggregation topk needs a scalar, got a string: "\"a\""`],
  ['(up + 1)[5m]', 'a range belongs right after a selector, got "(up + 1)[5m]"; a subquery is [5m:]'],
  ['rate(up[0s])', 'the range [0s] is not above zero'],
  ['rate(up[5m]) offset 5m', 'offset and @ belong after a selector, got "rate(up[5m])"'],
  ['-up[5m]', 'a range belongs right after a selector, got "-up[5m]"; a subquery is [5m:]'],
  ['{a=""}', String.raw`the selector "{a=\"\"}" selects every series: it needs a name, or a matcher that an empty value does not match`],
  ['up{a=~"("}', `"(" ${RE2}`],
  [String.raw`up{a=~"\d+"}`, String.raw`"\"\\d+\"" has the unknown escape \d; a backslash is written \\`],
  ['up{__name__="down"}', 'the name of the metric is set twice: up{__name__="down"}'],
  ['1 > 2', 'a comparison of two scalars needs bool: 1 > bool 2'],
  ['up + bool 1', 'bool belongs to comparisons only'],
  ['up and 1', 'and, or and unless need instant vectors on both sides'],
  ['"a" + 1', 'an operator needs scalars or instant vectors on both sides'],
  ['a / on(x) group_left(x) b', 'the label x is in both on and group_left or group_right'],
  ['a and on(x) group_left b', 'and, or and unless take no group_left or group_right'],
])('of %s, the problem is found', (expression, message) => {
  expect(promqlProblem(expression)?.message).toBe(message);
}); // prettier-ignore

test('an unknown function gets the nearest name', () => {
  expect(promqlProblem('sum(inrease(up[5m]))')).toEqual({
    message: 'PromQL has no function inrease',
    hint: 'did you mean "increase"?',
  });
});

test('a function that Prometheus has only with a flag is unwise', () => {
  expect(promqlProblem('mad_over_time(up[5m])')).toMatchObject({
    message: 'mad_over_time works only with the flag --enable-feature=promql-experimental-functions',
    isUnwise: true,
  });
});

test.each([
  'up',
  '1.',
  '-1 * 2 ^ 3',
  'sum by (job) (rate(http_requests_total{status=~"5.."}[5m])) / on (job) group_left sum by (job) (a) > bool 0.1',
  'metric1 offset 15m or metric2 offset 45m',
  'foo * bar @ 10 + up @ end()',
  'max_over_time(rate(up[5m])[1h:1m] offset 1d)',
  'count_values("version", build_info)',
  'topk(5, up) by (instance)',
  'histogram_quantile(0.9, sum by (le) (rate(x_bucket[5m])))',
  'label_replace(up, "a", "$1", "b", "(.*)")',
  'absent(up{job="web"}) or vector(1)',
  '{"metric.with.dots", "label.name"="x"}',
  '{__name__=~"job:.+"}',
  String.raw`up{a=~"\\d+"} # a comment`,
  'up{a=~`\\d+`}',
  'day_of_week() == 0 and hour(vector(time())) < 5',
  'scalar(up) > bool 1',
  'sum(sum) by (on, count)',
])('Prometheus can parse %s', (expression) => {
  expect(promqlProblem(expression)).toBeUndefined();
});

test('a rule of Loki is no PromQL, and is right', () => {
  expect(promqlProblem('sum(rate({app="web"} |= "error" | json [5m])) > 1')).toBeUndefined();
});

test.each([
  ['median_over_time(up[5m]) > 1', 'median_over_time'],
  ['sum(Rollup_Rate(up))', 'Rollup_Rate'],
  ['median(up) by (job)', 'median'],
  ['median by (job) (up)', 'median'],
  ['rate(up) keep_metric_names', 'keep_metric_names'],
  ['WITH (x = up) x + x', 'WITH'],
  ['sum(rate(a[5m])) default 0', 'default'],
  ['a{b="c"} ifnot (d)', 'ifnot'],
  ['sum(a) by (b) limit 5', 'limit'],
])('%s is MetricsQL, which the operator of VictoriaMetrics reads in a PrometheusRule', (expression, word) => {
  expect(promqlProblem(expression)).toMatchObject({
    message: `${word} is a word of MetricsQL: VictoriaMetrics reads this expression, and Prometheus does not`,
    isUnwise: true,
  });
});

test.each([
  'rat(up[5m])',
  'rate(up)',
  'sum(a) by (default',
  'rat(a{if="default"})',
  'rat(a{b=" default median("})',
  'median_over_time',
  'rate(up[5m] keep_metric_names',
  'sum(rate(a[5m]))) default 0',
])('%s is no MetricsQL, or is more often a slip', (expression) => {
  const { isUnwise } = promqlProblem(expression) ?? {};
  expect(isUnwise).toBeUndefined();
});
