import { readFileSync } from 'node:fs';
import path from 'node:path';
import { loadAll } from 'js-yaml';
import { importHelm } from '../../src/import-helm/import-helm.js';
import { synthesize } from '../../charts/synthesize.js';
import { listAt, at, textAt, type Manifest } from '../../src/kubernetes/manifest.js';
import {
  chartNames,
  type ChartNames,
  type ChartNaming,
} from '../../src/import-helm/helm-create/chart-names.js';
import { trace } from '../../src/checks/trace/trace.js';
import { parseValues } from '../../src/values/parse-values.js';
import { Workplace } from '../cli/command-line.js';

const here = (name: string) => path.join(import.meta.dirname, name);
const cases = JSON.parse(readFileSync(here('cases.json'), 'utf8')) as {
  readonly workers: number;
  readonly startPort: number;
}[];

let place: Workplace;
beforeEach(() => (place = new Workplace()));
afterEach(() => place.remove());

describe('the manifests that Helm renders from an old-style chart, and those that we make from its values', () => {
  test.each(cases)('agree for $workers workers from port $startPort', ({ workers, startPort }) => {
    const rendered = loadAll(
      readFileSync(here(`rendered/${workers}-workers-from-${startPort}.yaml`), 'utf8'),
    ) as Manifest[];
    const ours = synthesized(workers, startPort);
    expect(facts(ours)).toEqual(facts(rendered));
    expect(chains(ours)).toEqual(chains(rendered));
    expect(chains(ours)).toHaveLength(workers);
  });
});

test('the variables of the application are those that Helm renders, however they are spelled', () => {
  const imported = importHelm({ file: here('spellings.yaml'), name: 'app' });
  if ('problems' in imported) throw new Error(JSON.stringify(imported.problems));
  const ours = envOf([...synthesize(parseValues([{ file: 'imported', text: imported.text }]).values)].flatMap(({ yaml }) => loadAll(yaml) as Manifest[]));
  const theirs = envOf(loadAll(readFileSync(here('rendered/spellings.yaml'), 'utf8')) as Manifest[]);
  for (const ofTheChart of ['DJANGO_SETTINGS_MODULE', 'TIMEOUT']) theirs.delete(ofTheChart);
  expect(ours).toEqual(theirs);
}); // prettier-ignore

describe('names', () => {
  const inputs = JSON.parse(readFileSync(here('names.json'), 'utf8')) as ChartNaming[];
  const rendered = JSON.parse(readFileSync(here('rendered/names.json'), 'utf8')) as ChartNames[];

  test.each(inputs.map((input, i) => [input, rendered[i]] as const))('of %j are those of helm create', (input, names) => {
    expect(chartNames(input)).toEqual(names);
  }); // prettier-ignore
});

/** Our manifests for the chart's values with these numbers. */
function synthesized(count: number, start: number): Manifest[] {
  const values = readFileSync(here('chart/values.yaml'), 'utf8')
    .replace('WEB_CONCURRENCY: 5', `WEB_CONCURRENCY: ${count}`)
    .replace('METRICS_START_PORT: 5001', `METRICS_START_PORT: ${start}`);
  place.write('Chart.yaml', readFileSync(here('chart/Chart.yaml'), 'utf8'));
  const imported = importHelm({
    file: place.write('values.yaml', values),
    instance: 'app',
    namespace: 'app',
    container: 'app', // its template says this
  });
  if ('problems' in imported) throw new Error(JSON.stringify(imported.problems));
  const parsed = parseValues([{ file: 'imported', text: imported.text }]);
  return [...synthesize(parsed.values)].flatMap(({ yaml }) => loadAll(yaml) as Manifest[]);
}

/** Variables of the Deployment's container. */
function envOf(manifests: readonly Manifest[]): Map<unknown, unknown> {
  const deployment = manifests.find(({ kind }) => kind === 'Deployment');
  const [container] = listAt(deployment, 'spec', 'template', 'spec', 'containers');
  return new Map(listAt(container, 'env').map(({ name, value }) => [name, value]));
}

/** All that the loops of the chart decide, and what the rest of its values does. */
function facts(manifests: readonly Manifest[]) {
  const [deployment, service, monitor] = ['Deployment', 'Service', 'ServiceMonitor'].map((kind) =>
    manifests.find((manifest) => manifest['kind'] === kind),
  );
  const [container] = listAt(deployment, 'spec', 'template', 'spec', 'containers');
  return {
    names: [deployment, service, monitor].map((object) => [
      textAt(object, 'metadata', 'namespace'),
      textAt(object, 'metadata', 'name'),
    ]),
    replicas: at(deployment, 'spec', 'replicas'),
    podSelector: at(deployment, 'spec', 'selector'),
    image: at(container, 'image'),
    imagePullPolicy: at(container, 'imagePullPolicy'),
    env: envOf(manifests),
    containerPorts: listAt(container, 'ports'),
    resources: at(container, 'resources'),
    healthPath: at(container, 'livenessProbe', 'httpGet', 'path'),
    serviceSelector: at(service, 'spec', 'selector'),
    servicePorts: listAt(service, 'spec', 'ports'),
    endpoints: listAt(monitor, 'spec', 'endpoints'),
  };
}

/** Which endpoint leads through which ports to which worker. */
function chains(manifests: readonly Manifest[]) {
  return trace(manifests).chains;
}
