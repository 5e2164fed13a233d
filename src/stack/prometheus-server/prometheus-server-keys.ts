import { NAME_LABEL } from '../../kubernetes/labels.js';
import * as z from 'zod';
import { objects, patchesKey } from '../../user-objects/user-objects-keys.js';
import { imageHint, IMAGE_REFERENCE } from '../../kubernetes/image-reference.js';
import { PROMETHEUS_PODS } from '../../kubernetes/prometheus-pods.js';
import { Quantity } from '../../kubernetes/quantity.js';
import { DNS_1035_LABEL, DNS_1123_LABEL, type TextFormat } from '../../kubernetes/text-formats.js';
import { DISK_SPACE } from '../../prometheus/disk-space.js';
import { EXTERNAL_LABEL_NAME } from '../../prometheus/label-name.js';
import {
  distinctListField,
  listField,
  objectField,
  recordField,
  refusal,
  textField,
  wholeNumberField,
} from '../../schema/fields.js';
import { key, type ResolvedKeys } from '../../schema/key.js';
import { group } from '../../schema/key-groups.js';
import { durationField, secretKeyField, STATEFUL_SET_NAME } from '../../schema/kubernetes-fields.js';
import {
  instance,
  namespace,
  podSelection,
  resourcesKey,
  secretsKey,
  storageKey,
  spread,
} from '../../schema/kubernetes-keys.js';
import { named } from '../../schema/type-names.js';
import { git } from './git-keys.js';
import { PATHS } from './prometheus-paths.js';
import { memo } from '../../memo.js';

const REPLICAS = { min: 1, max: 10 };

// eslint-disable-next-line no-control-regex
const LABEL_TEXT: TextFormat = { what: 'text', pattern: /^[^\u0000]+$/ };

const retention = group({
  type: 'PrometheusRetention',
  description: 'How long, and up to which size, Prometheus keeps its data.',
  default: {},
  keys: {
    time: key({
      field: () => durationField(),
      description: 'Data older than this is deleted. A Prometheus duration such as `15d`.',
      default: '15d',
      example: '30d',
    }),
    size: key({
      field: () => textField(DISK_SPACE),
      description:
        'When the data takes more disk space than this, the oldest is deleted. Must be below `storage.size`.',
      unset: 'no limit',
      example: '40GB',
    }),
  },
});

const decrypt = group({
  type: 'PrometheusDecrypt',
  description:
    'Decrypts the files of the repository that are encrypted with SOPS: `NAME.sops.EXT` becomes `NAME.EXT`.',
  unset: 'no file is decrypted',
  keys: {
    ageKey: key({
      required: true,
      field: () => secretKeyField(),
      description: 'Secret with the age private keys, in the format of `age-keygen`.',
      example: { secret: 'age', key: 'keys.txt' },
    }),
    image: key({
      field: () => textField(IMAGE_REFERENCE, imageHint),
      description: 'Container image of SOPS. It must contain /usr/local/bin/sops and /bin/cp.',
      default: 'ghcr.io/getsops/sops:v3.13.3-alpine',
      example: 'registry.example.com/sops:v3.12.0',
    }),
  },
});

const SOME_NAMESPACES = () => 'for some namespaces, write namespaces: [one, another] instead';

const discovery = memo(() =>
  named(
    'PrometheusDiscovery',
    z.union(
      [
        objectField({
          namespaces: distinctListField(textField(DNS_1123_LABEL)).meta({
            description: 'Names of the namespaces. A Role is written for each.',
            examples: [['web']],
          }),
        }),
        objectField({
          cluster: z.literal(true, refusal('true', SOME_NAMESPACES)).meta({
            description: 'All namespaces and the nodes. A ClusterRole is written.',
          }),
        }),
      ],
      refusal('{ namespaces: [one, another] } or { cluster: true }'),
    ),
    'Namespaces in which Prometheus may discover targets.',
  ),
);

/** Every key of a PrometheusServer, in the order of the documentation. A default may depend on earlier keys. */
export const PROMETHEUS_SERVER_KEYS = {
  name: key({
    required: true,
    field: () => textField(STATEFUL_SET_NAME),
    description:
      'Name of the StatefulSet and of all other objects; also their label `app.kubernetes.io/name`. A DNS-1035 label of at most 52 characters.',
    example: 'metrics',
  }),
  instance,
  namespace,
  image: key({
    field: () => textField(IMAGE_REFERENCE, imageHint),
    description:
      'Container image of Prometheus, version 3. It must contain /bin/prometheus, /bin/promtool and /bin/cp.',
    default: 'quay.io/prometheus/prometheus:v3.14.0',
    example: 'registry.example.com/prometheus:v3.13.0',
  }),
  replicas: key({
    field: () => wholeNumberField(REPLICAS),
    description:
      'Number of Prometheus pods, 1 to 10. All of them scrape the same targets. The environment variable `POD_NAME` contains the name of the pod.',
    default: 1,
    example: 2,
  }),
  git,
  retention,
  storage: storageKey({
    description: 'Persistent volume of each pod, for its data and its last valid configuration.',
    unset: 'none: both are lost when the pod is deleted',
  }),
  resources: resourcesKey({
    description: 'CPU and memory of Prometheus, as Kubernetes `requests` and `limits`.',
    unset: 'requests of 200m CPU and 1Gi memory; a memory limit of twice the request; no CPU limit',
    example: { limits: { memory: '8Gi' } },
    // Enough for about 300,000 series.
    requests: () => ({ cpu: Quantity.millicpu(200), memory: Quantity.mebibytes(1024) }),
    // Queries and the replay of the write-ahead log need more memory than scraping.
    limits: (memory) => ({ memory: memory.times(2) }),
  }),
  externalLabels: key({
    field: () => recordField(EXTERNAL_LABEL_NAME, textField(LABEL_TEXT)),
    description:
      'Values for `external_labels` of the configuration. Each label becomes an environment variable `EXTERNAL_LABEL_<NAME>` in capitals; use it in the configuration as `cluster: ${EXTERNAL_LABEL_CLUSTER}`. For the label `replica`, use `${POD_NAME}`.',
    default: {} as Readonly<Record<string, string>>,
    example: { cluster: 'eu' },
  }),
  alertmanager: key({
    field: () => textField(DNS_1035_LABEL),
    description:
      'Name of a standalone AlertmanagerCluster in the same namespace. The addresses of its pods are mounted as the file `/etc/prometheus/alertmanagers/alertmanagers.yaml`, for `file_sd_configs`.',
    unset: 'none',
    example: 'alertmanager',
  }),
  secrets: secretsKey(PATHS.secrets, 'remote-write'),
  decrypt,
  discovery: key({
    field: discovery,
    description:
      'Where Prometheus may discover targets: in namespaces, `{ namespaces: [shop, payments] }`, or in the whole cluster with its nodes, `{ cluster: true }`.',
    unset: 'its own namespace',
    default: (app: { namespace: string }) => ({ namespaces: [app.namespace] }),
    example: { namespaces: ['shop', 'payments'] },
  }),
  spread,
  clients: key({
    field: () => listField(podSelection.item()),
    items: podSelection.keys,
    description:
      'Pods that may connect to Prometheus. Its own pods always may. The default is every Prometheus and Grafana in the same namespace.',
    default: [...PROMETHEUS_PODS, { labels: { [NAME_LABEL]: 'grafana' } }],
    example: [{ labels: { app: 'thanos' }, namespace: 'thanos' }],
  }),
  objects,
  patches: patchesKey('Service', 'prom'),
};

/** A PrometheusServer with every default filled in. */
export type ResolvedPrometheusServer = ResolvedKeys<typeof PROMETHEUS_SERVER_KEYS>;
