import * as z from 'zod';
import {
  choiceField,
  distinctListField,
  listField,
  mapField,
  namedValuesField,
  refusal,
  textField,
  wholeNumberField,
} from '../../schema/fields.js';
import { lazily } from '../../memo.js';
import {
  configMapKeyField,
  durationField,
  podSelectionField,
  resourcesField,
  secretKeyField,
  STATEFUL_SET_NAME,
  storageField,
  urlField,
} from '../../schema/kubernetes-fields.js';
import { GIT_BRANCH, GIT_REPOSITORY, REPOSITORY_PATH } from '../../kubernetes/git-reference.js';
import { IMAGE_REFERENCE } from '../../kubernetes/image-reference.js';
import {
  CONFIG_KEY,
  DNS_1035_LABEL,
  DNS_1123_LABEL,
  DNS_1123_SUBDOMAIN,
  LABEL_VALUE,
  type TextRule,
} from '../../kubernetes/text-rules.js';
import { DISK_SPACE } from '../../prometheus/disk-space.js';
import { EXTERNAL_LABEL_NAME } from '../../prometheus/label-name.js';
import { DEFAULTS } from './defaults.js';
import type { PrometheusServerProps } from './prometheus-server-props.js';

const REPLICAS = { min: 1, max: 10 };

const USERNAME: TextRule = { what: 'a user name', pattern: /^[!-~]+$/ };
// eslint-disable-next-line no-control-regex
const LABEL_TEXT: TextRule = { what: 'text', pattern: /^[^\u0000]+$/ };

const git = () =>
  mapField({
    repository: urlField(GIT_REPOSITORY, 'take it out, and name the Secret that holds it in git.token').meta({
      description: 'Repository over SSH or HTTPS, without a password.',
    }),
    branch: textField(GIT_BRANCH).meta({ description: 'Branch to follow: one for each environment.' }),
    file: textField(REPOSITORY_PATH).optional().meta({
      description: 'Path of the configuration in the repository.',
      default: DEFAULTS.git.file,
    }),
    period: durationField().optional().meta({
      description: 'Time between two looks at the repository, 5s to 5m.',
      default: DEFAULTS.git.period,
    }),
    ssh: mapField({
      key: secretKeyField().meta({ description: 'The private key.' }),
      knownHosts: z
        .union([configMapKeyField(), secretKeyField()], refusal('{ configMap, key } or { secret, key }'))
        .meta({ description: 'Keys of the git server, as in known_hosts: no other server is trusted.' }),
    })
      .optional()
      .meta({ description: 'For a repository over SSH.' }),
    token: mapField({
      secret: textField(DNS_1123_SUBDOMAIN),
      key: textField(CONFIG_KEY),
      username: textField(USERNAME).optional(),
    })
      .optional()
      .meta({ description: 'For a repository over HTTPS that asks for a password or token.' }),
    image: textField(IMAGE_REFERENCE).optional().meta({
      description: 'Image of git-sync 4.',
      default: DEFAULTS.git.image,
    }),
    resources: resourcesField().optional().meta({
      description: 'Resources of git-sync and promtool, as in Kubernetes; null removes one, or all.',
    }),
  });

const discovery = () =>
  z.union(
    [
      mapField({ namespaces: distinctListField(textField(DNS_1123_LABEL)) }),
      mapField({ cluster: z.literal(true) }),
    ],
    refusal('{ namespaces: [one, another] } or { cluster: true }'),
  );

/** The shape of PrometheusServerProps, from which the JSON Schema of values files is made too. */
export const prometheusServerSchema = lazily(
  () =>
    mapField({
      name: textField(STATEFUL_SET_NAME).meta({
        description:
          'Name of the StatefulSet and of all that belongs to it; their label app.kubernetes.io/name.',
      }),
      instance: textField(LABEL_VALUE)
        .optional()
        .meta({ description: 'The label app.kubernetes.io/instance. Default: the name.' }),
      namespace: textField(DNS_1123_LABEL).optional().meta({
        description: 'Namespace of every object.',
        default: DEFAULTS.namespace,
      }),
      image: textField(IMAGE_REFERENCE).optional().meta({
        description: 'Image of Prometheus 3 with promtool and cp.',
        default: DEFAULTS.image,
      }),
      replicas: wholeNumberField(REPLICAS).optional().meta({
        description: 'Servers that all scrape the same; each knows its name as ${POD_NAME}.',
        default: DEFAULTS.replicas,
      }),
      git: git().meta({ description: 'Where the configuration comes from.' }),
      retention: mapField({
        time: durationField().optional().meta({ default: DEFAULTS.retention.time }),
        size: textField(DISK_SPACE).optional(),
      })
        .optional()
        .meta({ description: 'How much is kept.' }),
      storage: storageField().optional().meta({
        description: 'A persistent volume for each server, with its data and its last good configuration.',
      }),
      resources: resourcesField().optional().meta({
        description: 'Resources of Prometheus, as in Kubernetes; null removes one, or all.',
      }),
      externalLabels: namedValuesField(EXTERNAL_LABEL_NAME, textField(LABEL_TEXT)).optional().meta({
        description:
          'Labels for external_labels, where the configuration takes them as ${EXTERNAL_LABEL_<NAME>}.',
      }),
      alertmanager: textField(DNS_1035_LABEL).optional().meta({
        description: 'Name of a standalone AlertmanagerCluster in the same namespace.',
      }),
      secrets: distinctListField(textField(DNS_1123_SUBDOMAIN)).optional().meta({
        description: 'Secrets to mount, each at /etc/prometheus/secrets/<name>.',
      }),
      decrypt: mapField({
        ageKey: secretKeyField().meta({ description: 'age keys, as age-keygen writes them.' }),
        image: textField(IMAGE_REFERENCE).optional().meta({
          description: 'Image with sops.',
          default: DEFAULTS.decrypt.image,
        }),
      })
        .optional()
        .meta({ description: 'Files named NAME.sops.EXT are decrypted to NAME.EXT.' }),
      discovery: discovery().optional().meta({
        description: 'Where Prometheus may look for targets in Kubernetes. Default: in its own namespace.',
      }),
      spread: choiceField(['preferred', 'required']).optional().meta({
        description: 'Whether two servers may share a node where there is no other.',
        default: DEFAULTS.spread,
      }),
      clients: listField(podSelectionField()).optional().meta({
        description: 'Pods that may reach it, beside its own.',
        default: DEFAULTS.clients,
      }),
    }) satisfies z.ZodType<PrometheusServerProps>,
);
