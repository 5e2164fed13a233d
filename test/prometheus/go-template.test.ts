import { ALERT_TEMPLATE, PLAIN_TEMPLATE, templateProblem } from '../../src/prometheus/go-template.js';

test.each<[string, string]>([
  ['{{ $labels.pod', 'the action {{ $labels.pod has no end'],
  ['{{ "a }}', 'the action {{ "a }} has no end'],
  ['{{ end }}', 'there is an {{end}} too many'],
  ['{{ else }}', 'there is an {{else}} without an {{if}}'],
  ['{{ if $value }}a', '{{if …}} has no {{end}}'],
  ['{{ $lables.pod }}', 'a template has no variable $lables'],
  ['{{ $value | humanise }}', 'a template has no function humanise'],
])('of the template %s, the problem is found', (text, message) => {
  expect(templateProblem(text, ALERT_TEMPLATE)?.message).toBe(message);
});

test('an unknown name gets the nearest one', () => {
  expect(templateProblem('{{ $value | humanise }}', ALERT_TEMPLATE)?.hint).toBe('did you mean "humanize"?');
});

test.each([
  'no template',
  '} }} {',
  '{{ $labels.pod }} has {{ $value | humanizePercentage }}, {{ printf "%.2f}}" $value }}',
  '{{- with $externalLabels }}{{ .cluster }}{{ else }}{{ $externalURL }}{{ end -}}',
  '{{ range query "up" }}{{ .Labels.job }}{{ . | value }}{{ end }}',
  '{{ range $i, $one := query "up" }}{{ if eq $i 0 }}{{ $one.Value }}{{ else if true }}{{ $.Labels }}{{ end }}{{ end }}',
  '{{/* a comment with {{ $nothing }} */}}text',
  '{{ `raw }}` }}',
])('Go can parse the template %s', (text) => {
  expect(templateProblem(text, ALERT_TEMPLATE)).toBeUndefined();
});

test('a template of an Alertmanager URL has only the functions of Go', () => {
  expect(templateProblem('https://{{ .x | toUpper }}', PLAIN_TEMPLATE)?.message).toBe(
    'a template has no function toUpper',
  );
  expect(templateProblem('https://{{ printf "%s" .x }}', PLAIN_TEMPLATE)).toBeUndefined();
});
