import { describe, expect, test } from '@jest/globals';
import { formatDiagnostic } from '../../../src/diagnostics/diagnostic.js';
import { parseValues } from '../../../src/values/parse-values.js';

const app = (name: string, more: string) =>
  `name: ${name}\nnamespace: shop\ninstance: shop\nimage: r/${name}:1\nworkers: 2\n${more}\n`;
const INSTANCE = 'metrics: { jobLabel: app.kubernetes.io/instance }';
const ALERTS = 'alerts: true';
const labelled = (labels: string) =>
  `metrics: { jobLabel: app.kubernetes.io/instance, labels: { ${labels} } }`;

function problems(web: string, admin: string, environments?: readonly string[]): string[] {
  const sources = [
    { file: 'web.yaml', text: web },
    { file: 'admin.yaml', text: admin },
  ];
  return parseValues(sources, { environments }).problems.map(formatDiagnostic);
}

const mixed = (place: string, earlier: string, job = 'shop') =>
  `${place}: targets have job "${job}" in namespace shop, like those of ${earlier}, and alerts and dashboards would mix up their workers; choose another metrics.jobLabel, or a different label in metrics.labels`;

describe('two applications whose targets have one job', () => {
  test.each([
    ['both with alerts', `${INSTANCE}\n${ALERTS}`, `${INSTANCE}\n${ALERTS}`],
    ['the first with alerts', `${INSTANCE}\n${ALERTS}`, INSTANCE],
    ['the second with a dashboard', INSTANCE, `${INSTANCE}\ndashboard: true`],
    ['one with a label that the other lacks, and no alerts', `${INSTANCE}\n${ALERTS}`, labelled('a: b')],
    ['with labels of one value', `${labelled('a: b')}\n${ALERTS}`, `${labelled('a: b')}\n${ALERTS}`],
  ])('are refused: %s', (_, web, admin) => {
    expect(problems(app('web', web), app('admin', admin))).toEqual([
      mixed('admin.yaml:6: metrics.jobLabel', 'web in web.yaml:6'),
    ]);
  });

  test('are refused where one has the other for its instance', () => {
    const admin = app('shop', ALERTS);

    expect(problems(app('web', INSTANCE), admin)).toEqual([mixed('admin.yaml:1: name', 'web in web.yaml:6')]);
  });

  test.each([
    ['without alerts and dashboards', INSTANCE, INSTANCE],
    ['with labels that differ', `${labelled('a: b')}\n${ALERTS}`, `${labelled('a: c')}\n${ALERTS}`],
    ['with alerts for the label that the other lacks', `${labelled('a: b')}\n${ALERTS}`, INSTANCE],
    ['only in name', ALERTS, ALERTS],
  ])('are taken: %s', (_, web, admin) => {
    expect(problems(app('web', web), app('admin', admin))).toEqual([]);
  });

  test('are taken in two namespaces', () => {
    const admin = app('admin', `${INSTANCE}\n${ALERTS}`).replace('namespace: shop', 'namespace: back');

    expect(problems(app('web', `${INSTANCE}\n${ALERTS}`), admin)).toEqual([]);
  });
});

describe('in environments', () => {
  const given = `${INSTANCE}\n${ALERTS}\nenvironments: { dev: , production: }`;
  const expected = [mixed('admin.yaml:6: metrics.jobLabel', 'web in web.yaml:6')];

  test('they are named once', () => {
    expect(problems(app('web', given), app('admin', given))).toEqual(expected);
  });

  test('one without environments is in any', () => {
    expect(problems(app('web', `${INSTANCE}\n${ALERTS}`), app('admin', given))).toEqual(expected);
    expect(problems(app('web', given), app('admin', `${INSTANCE}\n${ALERTS}`))).toEqual(expected);
  });

  test('two that do not meet are taken', () => {
    const other = `${INSTANCE}\n${ALERTS}\nenvironments: { acceptance: }`;

    expect(problems(app('web', given), app('admin', other))).toEqual([]);
  });

  test('only those count that a run is about', () => {
    const admin = app('admin', `${ALERTS}\nenvironments: { dev: { ${INSTANCE} }, production: }`);
    const web = app('web', given);

    expect(problems(web, admin, ['production'])).toEqual([]);
    expect(problems(web, admin, ['dev'])).toEqual([
      mixed('admin.yaml:7: environments.dev.metrics.jobLabel', 'web in web.yaml:6'),
    ]);
  });
});
