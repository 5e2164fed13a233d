import { readFileSync } from 'node:fs';
import path from 'node:path';
import { load, loadAll } from 'js-yaml';
import { synthesize } from '../../charts/synthesize.js';
import { importHelm } from '../../src/import-helm/import-helm.js';
import type { Manifest } from '../../src/kubernetes/manifest.js';
import { parseValues } from '../../src/values/parse-values.js';
import { fieldDifferences, type FieldDifference } from './field-differences.js';
import { HelmChart } from './helm-chart.js';

// The chart of `helm create web` (Helm 3.19) with everything switched on, and its release `prod`. helm-create.tools.test.ts
// renders it again with Helm.

const here = (name: string) => path.join(import.meta.dirname, 'helm-create', name);
const RENDERED = here('rendered.yaml');

let chart: HelmChart;
beforeEach(() => (chart = new HelmChart()));
afterEach(() => chart.remove());

function importedFrom(file: string, facts: object = {}) {
  const imported = importHelm({ file, namespace: 'shop', workers: 4, ...facts });
  if ('problems' in imported) throw new Error(JSON.stringify(imported.problems));
  return imported;
}

function synthesized(text: string): Manifest[] {
  const { values, problems } = parseValues([{ file: 'values.yaml', text }]);
  expect(problems).toEqual([]);
  return [...synthesize(values)].flatMap(({ yaml, errors }) => {
    expect(errors).toEqual([]);
    return loadAll(yaml) as Manifest[];
  });
}

const isTest = ({ metadata }: Manifest) => JSON.stringify(metadata).includes('helm.sh/hook');

test('each field of each object is that of the chart, or listed with the reason in differences.yaml', () => {
  const theirs = (loadAll(readFileSync(RENDERED, 'utf8')) as Manifest[]).filter((object) => !isTest(object));
  const listed = load(readFileSync(here('differences.yaml'), 'utf8')) as (FieldDifference & {
    reason: string;
  })[];

  const found = fieldDifferences(theirs, synthesized(importedFrom(RENDERED).text));

  expect(found.map((one, i) => ({ ...one, reason: listed[i]?.reason }))).toEqual(listed);
  expect(listed.map(({ reason }) => reason)).not.toContain('');
});

test('nothing of the chart is lost, and nothing needs a patch', () => {
  expect(importedFrom(RENDERED)).toMatchObject({
    losses: [],
    patches: 0,
    warnings: [{ message: 'the chart makes no monitor, and metrics: false is written' }],
  });
});

test('its values alone make the same values file as its manifests', () => {
  chart.write('Chart.yaml', 'name: web\nappVersion: 1.16.0\n');
  const values = chart.write('values.yaml', readFileSync(here('values.yaml'), 'utf8'));

  const imported = importedFrom(values, { instance: 'prod' });

  expect(load(imported.text)).toEqual(load(importedFrom(RENDERED).text));
  expect(imported).toMatchObject({ notCarried: [], losses: [], patches: 0 });
});

test('the folder of a chart is read as its values', () => {
  chart.write('web/Chart.yaml', 'name: web\nappVersion: 1.16.0\n');
  chart.write('web/values.yaml', readFileSync(here('values.yaml'), 'utf8'));

  expect(load(importedFrom(chart.path('web'), { instance: 'prod' }).text)).toEqual(
    load(importedFrom(RENDERED).text),
  );
});
