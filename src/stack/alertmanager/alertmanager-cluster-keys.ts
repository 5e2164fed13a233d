import * as z from 'zod';
import { configField, operatorConfigField } from '../../alertmanager/config-fields.js';
import { imageHint, IMAGE_REFERENCE, releaseOf } from '../../kubernetes/image-reference.js';
import { PROMETHEUS_PODS } from '../../kubernetes/prometheus-pods.js';
import { Quantity } from '../../kubernetes/quantity.js';
import type { TextFormat } from '../../kubernetes/text-formats.js';
import { HTTP_URL } from '../../kubernetes/url.js';
import { choiceField, listField, refusal, textField, wholeNumberField } from '../../schema/fields.js';
import { objects, patchesKey } from '../../user-objects/user-objects-keys.js';
import { key, type ResolvedKeys } from '../../schema/key.js';
import {
  configMapKeyField,
  durationField,
  secretKeyField,
  STATEFUL_SET_NAME,
  urlField,
} from '../../schema/kubernetes-fields.js';
import {
  instance,
  namespace,
  podSelection,
  resourcesKey,
  secretsKey,
  storageKey,
  spread,
} from '../../schema/kubernetes-keys.js';
import { ALERTMANAGER_PATHS } from './alertmanager-args.js';
import { PEERS } from './alertmanager-peers.js';

const CLUSTER_LABEL: TextFormat = {
  what: 'a name such as monitoring/alertmanager (printable ASCII without spaces, at most 253 characters)',
  pattern: /^[!-~]+$/,
  maxLength: 253,
};

const VERSION: TextFormat = { what: 'a version such as v0.34.2', pattern: /^v?[0-9]+\.[0-9]+\.[0-9]+$/ };

const CONFIG = { route: { receiver: 'team' }, receivers: [{ name: 'team' }] };

/** A configuration that is valid with both values of `form`. */
const IN_SECRET = { config: undefined, configFrom: { secret: 'alertmanager', key: 'alertmanager.yaml' } };

/** Every key of an AlertmanagerCluster, in the order of the documentation. A default may depend on earlier keys. */
export const ALERTMANAGER_CLUSTER_KEYS = {
  name: key({
    required: true,
    field: () => textField(STATEFUL_SET_NAME),
    description:
      'Name of the Alertmanager cluster and of all its objects; also their label `app.kubernetes.io/name`. A DNS-1035 label of at most 52 characters (39 with `form: operator`).',
    example: 'alerts',
  }),
  instance,
  namespace,
  form: key({
    field: () => choiceField(['standalone', 'operator']),
    description:
      '`standalone`: the pods are run by a StatefulSet that is written here. `operator`: the pods are run by the prometheus-operator, from an Alertmanager object.',
    default: 'standalone',
    example: 'operator',
    needs: IN_SECRET,
  }),
  peers: key({
    required: true,
    field: () => wholeNumberField(PEERS),
    description:
      'Number of Alertmanager pods, 1 to 9; usually 3 or 5. All settings that depend on this number are computed from it.',
    example: 5,
  }),
  image: key({
    field: () => textField(IMAGE_REFERENCE, imageHint),
    description: 'Container image of Alertmanager, version 0.26 or newer.',
    default: 'quay.io/prometheus/alertmanager:v0.34.2',
    example: 'registry.example.com/alertmanager:v0.33.0',
  }),
  version: key({
    field: () => textField(VERSION),
    description:
      'Version of Alertmanager in the image. The operator writes only settings that this version supports. Only with `form: operator`.',
    unset: "from the image's tag",
    default: ({ form, image }: { form: string; image: string }) =>
      form === 'operator' ? versionOf(image) : undefined,
    example: 'v0.33.0',
    needs: { ...IN_SECRET, form: 'operator' },
  }),
  label: key({
    field: () => textField(CLUSTER_LABEL),
    description:
      'Name of the cluster in the gossip between peers (`--cluster.label`). Peers ignore pods with another name, also after an IP address is reused. At most 253 characters.',
    unset: 'namespace/name',
    default: (app: { namespace: string; name: string }) => `${app.namespace}/${app.name}`,
    example: 'team-a',
  }),
  config: key({
    field: () => configField(),
    description:
      'Configuration of Alertmanager, with the keys of its configuration file. It is stored in a ConfigMap; the pods restart one by one when it changes. It must not contain passwords: list their Secrets in `secrets` and use the `…_file` settings. Only with `form: standalone`.',
    unset: 'none; then `configFrom` is required',
    example: { ...CONFIG, templates: ['/etc/alertmanager/secrets/templates/*.tmpl'] },
    needs: { secrets: ['templates'] },
  }),
  configFrom: key({
    field: () =>
      z.union([secretKeyField(), configMapKeyField()], refusal('{ secret, key } or { configMap, key }')),
    description:
      'An existing Secret or ConfigMap that contains the configuration: `{ secret, key }` or `{ configMap, key }`. When it changes, a sidecar makes Alertmanager reload it. With `form: operator`, it must be a Secret, and its key must be `alertmanager.yaml`.',
    unset: 'none',
    example: { secret: 'alertmanager', key: 'alertmanager.yaml' },
    needs: { config: undefined },
  }),
  alertmanagerConfig: key({
    field: () => operatorConfigField(),
    description:
      'The `spec` of an AlertmanagerConfig, which the operator uses as the whole configuration. Only with `form: operator`.',
    unset: 'none; then `configFrom` is required',
    example: CONFIG,
    needs: { form: 'operator', config: undefined },
  }),
  secrets: secretsKey(ALERTMANAGER_PATHS.secrets, 'smtp'),
  storage: storageKey({
    description: 'Persistent volume of each pod, for its silences and its notification log.',
    unset: 'none: a new pod gets both from the other peers',
  }),
  retention: key({
    field: () => durationField(),
    description:
      'How long silences and the notification log are kept, as a Prometheus duration such as `120h`.',
    default: '120h',
    example: '30d',
  }),
  externalUrl: key({
    field: () => urlField(HTTP_URL, 'take it out'),
    description:
      'URL at which users open Alertmanager; notifications link to it. It must not contain a password.',
    unset: 'none',
    example: 'https://alerts.example.com',
  }),
  spread,
  clients: key({
    field: () => listField(podSelection.item()),
    items: podSelection.keys,
    description:
      'Pods that may connect to Alertmanager (port 9093). The default is every Prometheus in the same namespace.',
    default: PROMETHEUS_PODS,
    example: [{ labels: { app: 'grafana' }, namespace: 'grafana' }],
  }),
  resources: resourcesKey({
    description: 'CPU and memory of each pod, as Kubernetes `requests` and `limits`.',
    unset: 'requests of 50m CPU and 64Mi memory; a memory limit of four times the request; no CPU limit',
    example: { limits: { memory: '1Gi' } },
    // Alerts, silences and the notification log are all in memory, but they are small.
    requests: () => ({ cpu: Quantity.millicpu(50), memory: Quantity.mebibytes(64) }),
    limits: (memory) => ({ memory: memory.times(4) }),
  }),
  objects,
  patches: patchesKey('Service', 'am'),
};

/** An AlertmanagerCluster with every default filled in. */
export type ResolvedAlertmanagerCluster = ResolvedKeys<typeof ALERTMANAGER_CLUSTER_KEYS>;

function versionOf(image: string): string | undefined {
  const release = releaseOf(image);
  return release && `v${release.join('.')}`;
}
