import { load } from 'js-yaml';
import { HELM, HelmChart } from './helm-chart.js';

let chart: HelmChart;
beforeEach(() => (chart = new HelmChart()));
afterEach(() => chart.remove());

test('takes the last of a key given twice, as Helm does, and warns', async () => {
  const helm = chart.write('twice/values.yaml', `${HELM}replicaCount: 1\nreplicaCount: 2\n`);
  const { stdout, stderr } = await chart.run('import-helm', helm, '--output', '-', '--quiet');
  expect(load(stdout)).toMatchObject({ replicas: 2 });
  expect(stderr).toContain('warning: twice/values.yaml:9: replicaCount: given in line 8 too; remove one of the two\n');
}); // prettier-ignore

test('follows merge keys, and names no value that is carried over where it is merged', async () => {
  const helm = chart.write('values.yaml', 'defaults: &d { A: b, WEB_CONCURRENCY: 2, METRICS_START_PORT: 9001 }\nimage: { repository: a/b, tag: "1" }\nenv: { config: { <<: *d } }\n');
  const { stdout, stderr } = await chart.run('import-helm', helm, '--name', 'web', '--output', '-', '--quiet');
  expect(load(stdout)).toMatchObject({ workers: 2, metrics: { startPort: 9001 }, env: { A: 'b' } });
  expect(stderr).toBe('');
}); // prettier-ignore

test('carries over the value that Helm reads, and names it if it is written otherwise', () => {
  const { values, warnings } = chart.imported(HELM.replace('DEBUG: true', 'DEBUG: yes, MASK: 0022, Q: "no", B: true').replace('"1.0"', '1.10'));
  expect(values).toMatchObject({ image: 'a/b:1.1', env: { DEBUG: 'true', MASK: '18', Q: 'no', B: 'true' } });
  expect(warnings).toEqual([
    'values.yaml:4: env.config.DEBUG: Helm reads yes as true, which is carried over; if you mean "yes", write that',
    'values.yaml:4: env.config.MASK: Helm reads 0022 as 18, which is carried over; if you mean "0022", write that',
    'values.yaml:2: image.tag: Helm reads 1.10 as 1.1, which is carried over; if you mean "1.10", write that',
  ]);
}); // prettier-ignore

test('names a template that the chart fills in, and no braces of another program', () => {
  const { warnings } = chart.imported(HELM.replace('DEBUG: true', 'DB: "{{ .Release.Name }}-db", JINJA: "{{ name }}"'));
  expect(warnings).toEqual([
    'values.yaml:4: env.config.DB: a template of Helm, carried over as text; charts fill it in with tpl: write the value, or import the output of helm template',
  ]);
}); // prettier-ignore

test('a template where it cannot be a value is refused, with the way out', async () => {
  const helm = chart.write('values.yaml', HELM.replace('"1.0"', '"{{ .Chart.AppVersion }}"'));
  const { exitCode, stderr } = await chart.run('import-helm', helm, '--output', '-', '--quiet');
  expect([exitCode, stderr]).toEqual([
    1,
    expect.stringContaining(
      'got "a/b:{{ .Chart.AppVersion }}"; charts fill it in with tpl: write the value, or import',
    ),
  ]);
});
