import { readFileSync } from 'node:fs';
import { App } from 'cdk8s';
import { describe, expect, test } from '@jest/globals';
import { RECORDED } from '../../src/worker-app/alerts/recording-rules.js';
import type { Manifest } from '../../src/kubernetes/manifest.js';
import { WorkerAppChart } from '../../charts/worker-app-chart.js';
import { parseValues, type Values } from '../../src/values/parse-values.js';
import { shop, specOf } from '../a-worker-app.js';

/** The values files in a document: its YAML blocks that begin with `# values/`. */
function valuesIn(document: string): { file: string; text: string }[] {
  const text = readFileSync(`docs/${document}`, 'utf8');
  return [...text.matchAll(/```yaml\n(# (values\/\S+)\n[^]*?)```/g)].map(([, yaml = '', file = '']) => ({
    file,
    text: yaml,
  }));
}

function manifests(document: string): Manifest[] {
  const { values, problems } = parseValues(valuesIn(document));
  expect(problems).toEqual([]);
  return values.flatMap(
    ({ spec }) => new WorkerAppChart(new App(), spec as Values<'WorkerApp'>['spec']).toJson() as Manifest[],
  );
}

const text = (document: string) => readFileSync(`docs/${document}`, 'utf8');

describe.each(['alerts.md', 'dashboard.md', 'service-windows.md'])('docs/%s', (document) => {
  test('names objects that its example gives', () => {
    const named = manifests(document).map(
      ({ kind, metadata }) => `${String(kind)} ${(metadata as { name: string }).name}`,
    );

    for (const [, kind = '', name = ''] of text(document).matchAll(
      /(ConfigMap|AlertmanagerConfig) `([^`<]+)`/g,
    ))
      expect(named).toContain(`${kind} ${name}`);
  });
});

test.each(Object.entries(specOf(shop({ alerts: true })).alerts))(
  'docs/alerts.md has the defaults of %s',
  (key, defaults) => {
    const row =
      text('alerts.md')
        .split('\n')
        .find((line) => line.startsWith(`| \`${key}\``)) ?? '';
    const cells = row.split('|').map((cell) => cell.trim());

    expect(cells.slice(4, 7)).toEqual([
      defaults.for,
      defaults.severity,
      'threshold' in defaults ? String(defaults.threshold) : '',
    ]);
    expect(row).toContain('quantile' in defaults ? `\`quantile\` (${defaults.quantile})` : key);
  },
);

test.each(Object.values(RECORDED))('docs/alerts.md tells of %s', (series) => {
  expect(text('alerts.md')).toContain(`\`${series}\``);
});
