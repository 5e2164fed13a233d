import { parseValues } from '../../src/values/parse-values.js';
import type { WorkerAppSpec } from '../../src/worker-app/worker-app-spec.js';
import { manifestsOf } from '../manifests-of.js';
import { shop } from '../a-worker-app.js';
import { examplesOf, textOf } from './pages.js';

const page = textOf('docs/resources.md');

test('the defaults in the table are those of 8 workers', () => {
  const { container } = manifestsOf(shop({ workers: 8 }));
  const rows = Array.from(
    page.matchAll(/^\| (requests|limits)\.(cpu|memory) +\|[^|]*\| (\S*) *\|$/gm),
    ([, of = '', resource = '', amount]) => ({
      amount: amount === '' ? undefined : amount,
      inManifest: container.resources[of][resource],
    }),
  );

  expect(rows).toHaveLength(4);
  for (const { amount, inManifest } of rows) expect(inManifest).toBe(amount);
});

test.each([
  ['{ limits: { memory: null }}', ['requests.cpu', 'requests.memory']],
  ['{ requests: { cpu: null }}', ['requests.memory', 'limits.memory']],
  ['null', []],
])('resources: %s leaves %j', (resources, left) => {
  const [example] = examplesOf('docs/resources.md');
  const text = `${example?.text.split('resources:')[0]}resources: ${resources}\n`;
  const specs = parseValues([{ file: 'values/shop.yaml', text }]).values.map(
    ({ spec }) => spec as WorkerAppSpec,
  );
  const names = specs.flatMap(({ resources: { requests, limits } }) => [
    ...Object.keys(requests).map((name) => `requests.${name}`),
    ...Object.keys(limits).map((name) => `limits.${name}`),
  ]);

  expect(page).toContain(`\`resources: ${resources}\``);
  expect(names).toEqual(left);
});
