import * as z from 'zod';
import {
  choiceField,
  distinctListField,
  listField,
  mapField,
  namedValuesField,
  openMapField,
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
  storageField,
  urlField,
  STATEFUL_SET_NAME,
} from '../../schema/kubernetes-fields.js';
import { IMAGE_REFERENCE } from '../../kubernetes/image-reference.js';
import {
  DNS_1123_LABEL,
  DNS_1123_SUBDOMAIN,
  LABEL_VALUE,
  type TextRule,
} from '../../kubernetes/text-rules.js';
import { HTTP_URL } from '../../kubernetes/url.js';
import type { AlertmanagerClusterProps } from './alertmanager-cluster-props.js';
import { PEERS } from './alertmanager-peers.js';
import { DEFAULTS } from './defaults.js';

const CLUSTER_LABEL: TextRule = {
  what: 'a name such as monitoring/alertmanager (printable ASCII without spaces, at most 253 characters)',
  pattern: /^[!-~]+$/,
  maxLength: 253,
};

const VERSION: TextRule = { what: 'a version such as v0.34.2', pattern: /^v?[0-9]+\.[0-9]+\.[0-9]+$/ };

const ANY_TEXT: TextRule = { what: 'a name', pattern: /^.+$/ };

const anything = () => namedValuesField({ what: 'a setting', pattern: /^/ }, z.unknown());
const named = () => openMapField({ name: textField(ANY_TEXT) });

const TRACES_TO: TextRule = { what: 'an address such as otel-collector.tracing.svc:4317', pattern: /^.+$/ };

/** Sections that Alertmanager knows, and this configuration has no use for. */
const REFUSED_SECTIONS = {
  mute_time_intervals:
    'deprecated in Alertmanager; put what is in it under time_intervals, and leave the mute_time_intervals of routes as they are',
  event_recorder:
    'Alertmanager heeds it only with --enable-feature=event-recorder, without which the pods are started; remove it',
};

const config = () =>
  mapField(
    {
      global: anything().optional(),
      templates: listField(textField({ what: 'a path', pattern: /./ })).optional(),
      route: openMapField({ receiver: textField(ANY_TEXT) }),
      receivers: listField(named()),
      inhibit_rules: listField(anything()).optional(),
      time_intervals: listField(named()).optional(),
      tracing: openMapField({ endpoint: textField(TRACES_TO) })
        .optional()
        .meta({
          description: 'Where traces of Alertmanager itself go, and how (Alertmanager 0.30 or newer).',
        }),
    },
    REFUSED_SECTIONS,
  );

const operatorConfig = () =>
  mapField({
    route: openMapField({ receiver: textField(ANY_TEXT) }),
    receivers: listField(named()),
    inhibitRules: listField(anything()).optional(),
    muteTimeIntervals: listField(named()).optional(),
  });

/** The shape of AlertmanagerClusterProps, from which the JSON Schema of values files is made too. */
export const alertmanagerClusterSchema = lazily(
  () =>
    mapField({
      name: textField(STATEFUL_SET_NAME).meta({
        description: 'Name of the cluster and its objects, and their label app.kubernetes.io/name.',
      }),
      instance: textField(LABEL_VALUE)
        .optional()
        .meta({ description: 'The label app.kubernetes.io/instance. Default: the name.' }),
      namespace: textField(DNS_1123_LABEL).optional().meta({
        description: 'Namespace of every object.',
        default: DEFAULTS.namespace,
      }),
      form: choiceField(['standalone', 'operator']).optional().meta({
        description: 'What runs the pods: a StatefulSet of our own, or the prometheus-operator.',
        default: DEFAULTS.form,
      }),
      peers: wholeNumberField(PEERS).meta({
        description: 'Alertmanagers. All that must agree on the number is computed from it.',
      }),
      image: textField(IMAGE_REFERENCE).optional().meta({
        description: 'Image of Alertmanager, 0.26 or newer.',
        default: DEFAULTS.image,
      }),
      version: textField(VERSION).optional().meta({
        description:
          "Version of Alertmanager in the image, by which the operator decides what it knows (operator's form). Default: from the image's tag.",
      }),
      label: textField(CLUSTER_LABEL).optional().meta({
        description: 'Name by which the peers know their cluster (--cluster.label). Default: namespace/name.',
      }),
      config: config().optional().meta({
        description: "Alertmanager's configuration in its own words, without secrets (standalone form).",
      }),
      configFrom: z
        .union([secretKeyField(), configMapKeyField()], refusal('{ secret, key } or { configMap, key }'))
        .optional()
        .meta({ description: 'The configuration in a Secret or ConfigMap that is made elsewhere.' }),
      alertmanagerConfig: operatorConfig().optional().meta({
        description: "The spec of an AlertmanagerConfig that becomes the configuration (operator's form).",
      }),
      secrets: distinctListField(textField(DNS_1123_SUBDOMAIN)).optional().meta({
        description: 'Secrets to mount, each at /etc/alertmanager/secrets/<name>.',
      }),
      storage: storageField().optional().meta({
        description: 'Persistent volumes for silences and the notification log. Default: none.',
      }),
      retention: durationField().optional().meta({
        description: 'How long silences and the notification log are kept.',
        default: DEFAULTS.retention,
      }),
      externalUrl: urlField(HTTP_URL, 'take it out').optional().meta({
        description: 'URL under which people reach it; links in notifications lead there.',
      }),
      spread: choiceField(['preferred', 'required']).optional().meta({
        description: 'Whether two peers may share a node where there is no other.',
        default: DEFAULTS.spread,
      }),
      clients: listField(podSelectionField()).optional().meta({
        description: 'Pods that may reach port 9093.',
        default: DEFAULTS.clients,
      }),
      resources: resourcesField().optional().meta({
        description: 'Resources of Alertmanager, as in Kubernetes; null removes one, or all.',
      }),
    }) satisfies z.ZodType<AlertmanagerClusterProps>,
);
