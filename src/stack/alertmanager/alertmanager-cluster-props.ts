import type { PodSelection } from '../../kubernetes/pod-selection.js';
import type { ConfigMapKey, SecretKey } from '../../kubernetes/references.js';
import type { Resources } from '../../kubernetes/resources.js';
import type {
  AlertmanagerConfig,
  OperatorAlertmanagerConfig,
} from '../../alertmanager/alertmanager-config.js';
import type { Storage } from '../../kubernetes/storage.js';

/**
 * Alertmanagers that know each other: each takes every alert, and one notifies.
 * The same keys and the same meaning as in a values file.
 */
export interface AlertmanagerClusterProps {
  /** Name of the cluster and its objects; a DNS-1035 label of at most 52 characters (39 in the operator's form). */
  readonly name: string;

  /** The label `app.kubernetes.io/instance`. @default - the name */
  readonly instance?: string;

  /** @default - the chart's namespace, or `default` */
  readonly namespace?: string;

  /**
   * What runs the pods: a StatefulSet of our own, or the prometheus-operator.
   * @default standalone
   */
  readonly form?: 'standalone' | 'operator';

  /** Alertmanagers, 1 to 9. All that must agree on the number is computed from it. */
  readonly peers: number;

  /** @default quay.io/prometheus/alertmanager:v0.34.2 */
  readonly image?: string;

  /** Version of Alertmanager in the image, such as v0.34.2, for the operator. @default - from the image's tag */
  readonly version?: string;

  /**
   * Name by which the peers know their cluster (`--cluster.label`), so that two clusters never merge.
   * @default - namespace/name
   */
  readonly label?: string;

  /**
   * Alertmanager's configuration in its own words; it becomes a ConfigMap, and the pods roll when it changes. Secrets
   * stay out of it: name them in `secrets`, and use the `…_file` settings. Only in the standalone form.
   */
  readonly config?: AlertmanagerConfig;

  /**
   * The configuration in a Secret or ConfigMap that is made elsewhere; a reloader sidecar follows its changes. In the
   * operator's form a Secret, with the key `alertmanager.yaml`.
   */
  readonly configFrom?: SecretKey | ConfigMapKey;

  /** The `spec` of an AlertmanagerConfig that becomes the configuration. Only in the operator's form. */
  readonly alertmanagerConfig?: OperatorAlertmanagerConfig;

  /** Secrets to mount, each at `/etc/alertmanager/secrets/<name>`. @default - none */
  readonly secrets?: readonly string[];

  /** Persistent volumes for silences and the notification log. @default - none: peers tell a new pod what they know */
  readonly storage?: Storage;

  /** How long silences and the notification log are kept. @default 120h */
  readonly retention?: string;

  /** URL under which people reach it; links in notifications lead there. @default - none */
  readonly externalUrl?: string;

  /** Whether two peers may share a node where there is no other: `preferred` yes, `required` no. @default preferred */
  readonly spread?: 'preferred' | 'required';

  /**
   * Pods that may reach port 9093.
   * @default - in its namespace, those with app.kubernetes.io/name prometheus, and every PrometheusServer's
   */
  readonly clients?: readonly PodSelection[];

  /** @default - requests of 50m CPU and 64Mi memory, a limit of 256Mi memory */
  readonly resources?: Resources | null;
}
