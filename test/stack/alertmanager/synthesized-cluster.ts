import { App, Chart } from 'cdk8s';
import { at, listAt, type Manifest } from '../../../src/kubernetes/manifest.js';
import { AlertmanagerCluster } from '../../../src/stack/alertmanager/alertmanager-cluster.js';
import type { AlertmanagerClusterProps } from '../../../src/stack/alertmanager/alertmanager-cluster-props.js';

const config = { route: { receiver: 'team' }, receivers: [{ name: 'team' }] };
/** Props of the form `standalone`. */
export const standalone = { name: 'alertmanager', namespace: 'monitoring', peers: 3, config };
/** Props of the form `operator`. */
export const operated: AlertmanagerClusterProps = {
  name: 'main',
  namespace: 'monitoring',
  form: 'operator',
  peers: 3,
  alertmanagerConfig: { route: { receiver: 'team' }, receivers: [{ name: 'team' }] },
};

/** The manifests of a cluster. */
export function synthesized(props: AlertmanagerClusterProps) {
  const chart = new Chart(new App(), 'test', { disableResourceNameHashes: true });
  const cluster = new AlertmanagerCluster(chart, 'cluster', props);
  const manifests = chart.toJson() as Manifest[];
  const find = (kind: string, name?: string) =>
    manifests.find(
      (one) => one['kind'] === kind && (name === undefined || at(one, 'metadata', 'name') === name),
    );
  const [container] = listAt(find('StatefulSet'), 'spec', 'template', 'spec', 'containers');
  return { cluster, manifests, find, container, args: (container?.['args'] ?? []) as string[] };
}
