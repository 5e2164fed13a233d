import { DELIVERY_KEYS } from '../../src/delivery/delivery-keys.js';
import type { Keys } from '../../src/schema/key.js';
import { ALERTMANAGER_CLUSTER_KEYS } from '../../src/stack/alertmanager/alertmanager-cluster-keys.js';
import { PROMETHEUS_SERVER_KEYS } from '../../src/stack/prometheus-server/prometheus-server-keys.js';
import { KEYS } from '../../src/worker-app/keys/index.js';

type Props = Readonly<Record<string, unknown>>;

/** The keys of a kind, and the smallest document of a values file that contains them. */
export interface KindUnderTest {
  readonly keys: Keys;
  /** The smallest valid props. */
  readonly base: Props;
  /** The document of a values file that contains props. */
  document(props: Props): Props;
  /** Field of the props in the document: `delivery.`. @default - the document's own */
  readonly field?: string;
}

const APP = { name: 'web', image: 'example.com/web:v1', workers: 2 };

export const WORKER_APP: KindUnderTest = { keys: KEYS, base: APP, document: (props) => props };

export const DELIVERY: KindUnderTest = {
  keys: DELIVERY_KEYS,
  base: {},
  field: 'delivery.',
  document: (delivery) => ({ ...APP, delivery }),
};

export const ALERTMANAGER_CLUSTER: KindUnderTest = {
  keys: ALERTMANAGER_CLUSTER_KEYS,
  base: { name: 'am', peers: 3, config: { route: { receiver: 'team' }, receivers: [{ name: 'team' }] } },
  document: (props) => ({ kind: 'AlertmanagerCluster', ...props }),
};

export const PROMETHEUS_SERVER: KindUnderTest = {
  keys: PROMETHEUS_SERVER_KEYS,
  base: { name: 'prom', git: { repository: 'https://git.example.com/config.git', branch: 'main' } },
  document: (props) => ({ kind: 'PrometheusServer', ...props }),
};
