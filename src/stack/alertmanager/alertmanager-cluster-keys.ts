import * as z from 'zod';
import { configField, operatorConfigField } from '../../alertmanager/config-fields.js';
import { IMAGE_REFERENCE, releaseOf } from '../../kubernetes/image-reference.js';
import { PROMETHEUS_PODS } from '../../kubernetes/prometheus-pods.js';
import { Quantity } from '../../kubernetes/quantity.js';
import { DNS_1123_SUBDOMAIN, type TextFormat } from '../../kubernetes/text-formats.js';
import { HTTP_URL } from '../../kubernetes/url.js';
import {
  choiceField,
  distinctListField,
  listField,
  refusal,
  textField,
  wholeNumberField,
} from '../../schema/fields.js';
import { key, type ResolvedKeys } from '../../schema/key.js';
import {
  configMapKeyField,
  durationField,
  secretKeyField,
  STATEFUL_SET_NAME,
  urlField,
} from '../../schema/kubernetes-fields.js';
import { instance, namespace, podSelection, resourcesKey, storageKey } from '../../schema/kubernetes-keys.js';
import { PEERS } from './alertmanager-peers.js';

const CLUSTER_LABEL: TextFormat = {
  what: 'a name such as monitoring/alertmanager (printable ASCII without spaces, at most 253 characters)',
  pattern: /^[!-~]+$/,
  maxLength: 253,
};

const VERSION: TextFormat = { what: 'a version such as v0.34.2', pattern: /^v?[0-9]+\.[0-9]+\.[0-9]+$/ };

const CONFIG = { route: { receiver: 'team' }, receivers: [{ name: 'team' }] };

/** A configuration that both forms take. */
const IN_SECRET = { config: undefined, configFrom: { secret: 'alertmanager', key: 'alertmanager.yaml' } };

/** Every key of an AlertmanagerCluster, in the order of the documentation. A default may read the keys before its own. */
export const ALERTMANAGER_CLUSTER_KEYS = {
  name: key({
    required: true,
    field: textField(STATEFUL_SET_NAME),
    description:
      'Name of the cluster and its objects, and their label `app.kubernetes.io/name`. A DNS-1035 label of at most 52 characters; 39 with `form: operator`.',
    example: 'alerts',
  }),
  instance,
  namespace,
  form: key({
    field: choiceField(['standalone', 'operator']),
    description:
      '`standalone`: our own StatefulSet runs the pods. `operator`: the prometheus-operator runs them.',
    default: 'standalone',
    example: 'operator',
    needs: IN_SECRET,
  }),
  peers: key({
    required: true,
    field: wholeNumberField(PEERS),
    description:
      'Number of Alertmanagers, 1 to 9. Everything that must match this number is computed from it. 3 or 5 are usual.',
    example: 5,
  }),
  image: key({
    field: textField(IMAGE_REFERENCE),
    description: 'Image of Alertmanager, 0.26 or newer.',
    default: 'quay.io/prometheus/alertmanager:v0.34.2',
    example: 'registry.example.com/alertmanager:v0.33.0',
  }),
  version: key({
    field: textField(VERSION),
    description:
      'Version of Alertmanager in the image: the operator writes only settings that this version knows. Only with `form: operator`.',
    unset: "from the image's tag",
    default: ({ form, image }: { form: string; image: string }) =>
      form === 'operator' ? versionOf(image) : undefined,
    example: 'v0.33.0',
    needs: { ...IN_SECRET, form: 'operator' },
  }),
  label: key({
    field: textField(CLUSTER_LABEL),
    description:
      'Name by which the peers know their cluster (`--cluster.label`): peers of another cluster that reuse an IP address are kept out. At most 253 characters.',
    unset: 'namespace/name',
    default: (app: { namespace: string; name: string }) => `${app.namespace}/${app.name}`,
    example: 'team-a',
  }),
  config: key({
    field: configField(),
    description:
      "Alertmanager's configuration in its own words. It becomes a ConfigMap, and the pods roll when it changes. It must not contain passwords: name a Secret in `secrets`, and use the `…_file` settings. Only with `form: standalone`.",
    unset: 'none; then `configFrom` is required',
    example: { ...CONFIG, templates: ['/etc/alertmanager/secrets/templates/*.tmpl'] },
    needs: { secrets: ['templates'] },
  }),
  configFrom: key({
    field: z.union([secretKeyField(), configMapKeyField()], refusal('{ secret, key } or { configMap, key }')),
    description:
      'The configuration in a Secret or ConfigMap that exists already: `{ secret, key }` or `{ configMap, key }`. A sidecar makes Alertmanager read it again when it changes. With `form: operator` a Secret with the key `alertmanager.yaml`.',
    unset: 'none',
    example: { secret: 'alertmanager', key: 'alertmanager.yaml' },
    needs: { config: undefined },
  }),
  alertmanagerConfig: key({
    field: operatorConfigField(),
    description:
      'The `spec` of an AlertmanagerConfig that becomes the configuration. Only with `form: operator`.',
    unset: 'none; then `configFrom` is required',
    example: CONFIG,
    needs: { form: 'operator', config: undefined },
  }),
  secrets: key({
    field: distinctListField(textField(DNS_1123_SUBDOMAIN)),
    description: 'Secrets to mount, each at `/etc/alertmanager/secrets/<name>`.',
    default: [] as readonly string[],
    example: ['smtp'],
  }),
  storage: storageKey({
    description: 'A persistent volume for each peer, with its silences and its notification log.',
    unset: 'none: the other peers send both to a new pod',
  }),
  retention: key({
    field: durationField(),
    description: 'How long silences and the notification log are kept, in the notation of Prometheus.',
    default: '120h',
    example: '30d',
  }),
  externalUrl: key({
    field: urlField(HTTP_URL, 'take it out'),
    description: 'URL under which people reach Alertmanager, without a password. Notifications link to it.',
    unset: 'none',
    example: 'https://alerts.example.com',
  }),
  spread: key({
    field: choiceField(['preferred', 'required']),
    description:
      'Whether two peers may share a node when no other node is free: `preferred` yes, `required` no.',
    default: 'preferred',
    example: 'required',
  }),
  clients: key({
    field: listField(podSelection.item),
    items: podSelection.keys,
    description: 'Pods that may reach port 9093. The default selects every Prometheus in the namespace.',
    default: PROMETHEUS_PODS,
    example: [{ labels: { app: 'grafana' }, namespace: 'grafana' }],
  }),
  resources: resourcesKey({
    description: 'Compute resources of Alertmanager, as in Kubernetes.',
    unset: 'requests of 50m CPU and 64Mi memory; a memory limit of four times the request; no CPU limit',
    example: { limits: { memory: '1Gi' } },
    // An Alertmanager holds its alerts, silences and notification log in memory: little, but never killed for it.
    requests: () => ({ cpu: Quantity.millicpu(50), memory: Quantity.mebibytes(64) }),
    limits: (memory) => ({ memory: memory.times(4) }),
  }),
};

/** An AlertmanagerCluster with each key's value in force. */
export type ResolvedAlertmanagerCluster = ResolvedKeys<typeof ALERTMANAGER_CLUSTER_KEYS>;

function versionOf(image: string): string | undefined {
  const release = releaseOf(image);
  return release && `v${release.join('.')}`;
}
