import { load } from 'js-yaml';
import { known, type PartlyKnown } from '../../src/prometheus/partly-known.js';
import type { Relabeling } from '../../src/prometheus/relabel-config.js';
import { simulateRelabeling } from '../../src/prometheus/simulate-relabeling.js';
import { shop, specOf } from '../a-worker-app.js';
import { manifestsOf } from '../manifests-of.js';
import { blocksOf } from './pages.js';

interface Config {
  readonly scrape_configs: readonly [
    { readonly relabel_configs: readonly Readonly<Record<string, unknown>>[] },
  ];
}

const props = shop({ namespace: 'web', container: 'django' });
const { deployment, container } = manifestsOf(props);
const labels = deployment.spec.template.metadata.labels as Readonly<Record<string, string>>;

const [yaml = ''] = blocksOf('docs/without-the-operator.md')
  .filter(({ language, text }) => language === 'yaml' && text.includes('scrape_configs'))
  .map(({ text }) => text);
const [job] = (load(yaml) as Config).scrape_configs;
const relabelings = job.relabel_configs.map(
  ({ source_labels, target_label, ...step }) =>
    ({ sourceLabels: source_labels, targetLabel: target_label, ...step }) as Relabeling,
);

/** The labels that Prometheus gives a port of the pod, as `kubernetes_sd_configs` with the role pod documents them. */
function discovered(port: string): ReadonlyMap<string, string> {
  return new Map([
    ['__address__', '10.0.0.1:8001'],
    ['__meta_kubernetes_namespace', 'web'],
    ['__meta_kubernetes_pod_name', 'shop-1'],
    ['__meta_kubernetes_pod_container_name', 'django'],
    ['__meta_kubernetes_pod_container_port_name', port],
    ...Object.entries(labels).map(
      ([name, value]) => [`__meta_kubernetes_pod_label_${name.replaceAll(/\W/g, '_')}`, value] as const,
    ),
  ]);
}

function relabelled(port: string) {
  const target = discovered(port);
  const text = (name: string): PartlyKnown => [target.get(name) ?? ''];
  return simulateRelabeling(relabelings, text);
}

test('the scrape job keeps every metrics port of the pods, with the labels that rules select by', () => {
  const ports = (container.ports as { name: string }[]).map(({ name }) => name);
  const kept = ports.filter((port) => relabelled(port).result === 'kept');
  const { labels: given } = relabelled('metrics-1');
  const value = (name: string) => known(given(name));

  expect(kept).toEqual(['metrics-1', 'metrics-2', 'metrics-3']);
  expect({ namespace: value('namespace'), job: value('job') }).toEqual(specOf(props).target);
  expect(['pod', 'container', 'endpoint'].map(value)).toEqual(['shop-1', 'django', 'metrics-1']);
});
