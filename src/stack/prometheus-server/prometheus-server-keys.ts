import * as z from 'zod';
import { IMAGE_REFERENCE } from '../../kubernetes/image-reference.js';
import { PROMETHEUS_PODS } from '../../kubernetes/prometheus-pods.js';
import { Quantity } from '../../kubernetes/quantity.js';
import {
  DNS_1035_LABEL,
  DNS_1123_LABEL,
  DNS_1123_SUBDOMAIN,
  type TextFormat,
} from '../../kubernetes/text-formats.js';
import { DISK_SPACE } from '../../prometheus/disk-space.js';
import { EXTERNAL_LABEL_NAME } from '../../prometheus/label-name.js';
import {
  choiceField,
  distinctListField,
  listField,
  objectField,
  recordField,
  refusal,
  textField,
  wholeNumberField,
} from '../../schema/fields.js';
import { group, key, type ResolvedKeys } from '../../schema/key.js';
import { durationField, secretKeyField, STATEFUL_SET_NAME } from '../../schema/kubernetes-fields.js';
import { instance, namespace, podSelection, resourcesKey, storageKey } from '../../schema/kubernetes-keys.js';
import { named } from '../../schema/type-names.js';
import { git } from './git-keys.js';

const REPLICAS = { min: 1, max: 10 };

// eslint-disable-next-line no-control-regex
const LABEL_TEXT: TextFormat = { what: 'text', pattern: /^[^\u0000]+$/ };

const retention = group({
  type: 'PrometheusRetention',
  description: 'How much data is kept.',
  default: {},
  keys: {
    time: key({
      field: durationField(),
      description: 'Age at which data is removed, in the notation of Prometheus.',
      default: '15d',
      example: '30d',
    }),
    size: key({
      field: textField(DISK_SPACE),
      description: 'Disk space at which the oldest data is removed, below `storage.size`.',
      unset: 'no limit',
      example: '40GB',
    }),
  },
});

const decrypt = group({
  type: 'PrometheusDecrypt',
  description: 'How encrypted files are decrypted: `NAME.sops.EXT` becomes `NAME.EXT`.',
  unset: 'no file is decrypted',
  keys: {
    ageKey: key({
      required: true,
      field: secretKeyField(),
      description: 'The age keys, as `age-keygen` writes them.',
      example: { secret: 'age', key: 'keys.txt' },
    }),
    image: key({
      field: textField(IMAGE_REFERENCE),
      description: 'Image with /usr/local/bin/sops and /bin/cp.',
      default: 'ghcr.io/getsops/sops:v3.13.3-alpine',
      example: 'registry.example.com/sops:v3.12.0',
    }),
  },
});

const discovery = named(
  'PrometheusDiscovery',
  z.union(
    [
      objectField({
        namespaces: distinctListField(textField(DNS_1123_LABEL)).meta({
          description: 'The namespaces, by name. A Role in each permits it.',
        }),
      }),
      objectField({
        cluster: z.literal(true).meta({
          description: 'All namespaces, and the nodes. A ClusterRole permits it.',
        }),
      }),
    ],
    refusal('{ namespaces: [one, another] } or { cluster: true }'),
  ),
  'Where a Prometheus may look for targets in Kubernetes.',
);

/** Every key of a PrometheusServer, in the order of the documentation. A default may read the keys before its own. */
export const PROMETHEUS_SERVER_KEYS = {
  name: key({
    required: true,
    field: textField(STATEFUL_SET_NAME),
    description:
      'Name of the StatefulSet and all other objects, and their label `app.kubernetes.io/name`. A DNS-1035 label of at most 52 characters.',
    example: 'metrics',
  }),
  instance,
  namespace,
  image: key({
    field: textField(IMAGE_REFERENCE),
    description: 'Image of Prometheus 3, with /bin/prometheus, /bin/promtool and /bin/cp.',
    default: 'quay.io/prometheus/prometheus:v3.14.0',
    example: 'registry.example.com/prometheus:v3.13.0',
  }),
  replicas: key({
    field: wholeNumberField(REPLICAS),
    description:
      'Number of servers, 1 to 10. All scrape the same targets; each has its name in the environment variable `POD_NAME`.',
    default: 1,
    example: 2,
  }),
  git,
  retention,
  storage: storageKey({
    description: 'A persistent volume for each server, with its data and its last good configuration.',
    unset: 'none: both are lost with the pod',
  }),
  resources: resourcesKey({
    description: 'Compute resources of Prometheus, as in Kubernetes.',
    unset: 'requests of 200m CPU and 1Gi memory; a memory limit of twice the request; no CPU limit',
    example: { limits: { memory: '8Gi' } },
    // About 300,000 series.
    requests: () => ({ cpu: Quantity.millicpu(200), memory: Quantity.mebibytes(1024) }),
    // Queries and the replay of the write-ahead log take more than scraping does.
    limits: (memory) => ({ memory: memory.times(2) }),
  }),
  externalLabels: key({
    field: recordField(EXTERNAL_LABEL_NAME, textField(LABEL_TEXT)),
    description:
      'Labels for `external_labels`. Each is an environment variable `EXTERNAL_LABEL_<NAME>`, in capitals; the configuration reads it as `cluster: ${EXTERNAL_LABEL_CLUSTER}`. `replica` is `${POD_NAME}`.',
    default: {} as Readonly<Record<string, string>>,
    example: { cluster: 'eu' },
  }),
  alertmanager: key({
    field: textField(DNS_1035_LABEL),
    description:
      'Name of a standalone AlertmanagerCluster in the same namespace. The list of its peers is mounted at `/etc/prometheus/alertmanagers/alertmanagers.yaml`, for `file_sd_configs`.',
    unset: 'none',
    example: 'alertmanager',
  }),
  secrets: key({
    field: distinctListField(textField(DNS_1123_SUBDOMAIN)),
    description: 'Secrets to mount, each at `/etc/prometheus/secrets/<name>`.',
    default: [] as readonly string[],
    example: ['remote-write'],
  }),
  decrypt,
  discovery: key({
    field: discovery,
    description:
      'Where Prometheus may look for targets in Kubernetes: `{ namespaces: [shop, payments] }`, or `{ cluster: true }` for all namespaces and the nodes.',
    unset: 'in its own namespace',
    default: (app: { namespace: string }) => ({ namespaces: [app.namespace] }),
    example: { namespaces: ['shop', 'payments'] },
  }),
  spread: key({
    field: choiceField(['preferred', 'required']),
    description:
      'Whether two servers may share a node when no other node is free: `preferred` yes, `required` no.',
    default: 'preferred',
    example: 'required',
  }),
  clients: key({
    field: listField(podSelection.item),
    items: podSelection.keys,
    description:
      'Pods that may reach the servers. The servers themselves always may. The default selects every Prometheus and Grafana in the namespace.',
    default: [...PROMETHEUS_PODS, { labels: { 'app.kubernetes.io/name': 'grafana' } }],
    example: [{ labels: { app: 'thanos' }, namespace: 'thanos' }],
  }),
};

/** A PrometheusServer with each key's value in force. */
export type ResolvedPrometheusServer = ResolvedKeys<typeof PROMETHEUS_SERVER_KEYS>;
