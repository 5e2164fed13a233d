import { withHint } from './message-with-hint.js';
import { DNS_1123_LABEL, DNS_1123_SUBDOMAIN, matches, LABEL_VALUE } from '../kubernetes/text-formats.js';
import { Quantity, QUANTITY } from '../kubernetes/quantity.js';
import {
  resourcesOver,
  writtenQuantities,
  type Quantities,
  type Resources,
} from '../kubernetes/resources.js';
import { choiceField, distinctListField, refusal, textField } from './fields.js';
import { key, partialKey } from './key.js';
import { group } from './key-groups.js';
import { objectOf } from './object-of-keys.js';
import { labelsField, resourcesField } from './kubernetes-fields.js';
import { memo } from '../memo.js';
import { definedIn } from './type-names.js';

// Keys that several kinds of values files share.

export const instance = key({
  field: () => textField(LABEL_VALUE),
  description:
    'The label `app.kubernetes.io/instance`: the installation that this application belongs to. It is in selectors, which cannot change.',
  unset: 'the name',
  default: ({ name }: { name: string }) => name,
  example: 'shop-eu',
});

export const namespace = key({
  field: () => textField(DNS_1123_LABEL),
  description:
    'Namespace of every object. It must exist in the cluster. A construct takes the namespace of its chart by default.',
  default: 'default',
  example: 'web',
});

interface ResourcesDefinition<App> {
  /** Names the containers. A sentence about `null` is added. */
  readonly description: string;
  readonly unset: string;
  readonly example: Resources;
  /** Default requests. @param app the resolved top-level keys that are defined before this one */
  requests(app: App): Quantities & { readonly memory: Quantity };
  /** Default limits. @param memory the requested memory */
  limits(memory: Quantity): Quantities;
}

/** Defines the key of the compute resources of a container. */
export const resourcesKey = <App>({ requests, limits, description, ...words }: ResourcesDefinition<App>) =>
  partialKey({
    ...words,
    field: () => resourcesField(),
    description: `${description} null removes one default, or all.`,
    resolve: (given: Resources | null | undefined, app: App) => {
      const defaults = requests(app);
      return writtenQuantities(
        resourcesOver(defaults, ({ memory = defaults.memory }) => limits(memory), given),
      );
    },
  });

/** Defines the key of the Secrets that a pod mounts. @param folder the folder of their folders */
export const secretsKey = (folder: string, example: string) =>
  key({
    field: () => distinctListField(textField(DNS_1123_SUBDOMAIN)),
    description: `Names of Secrets to mount. Each is mounted at \`${folder}/<name>\`.`,
    default: [] as readonly string[],
    example: [example],
  });

/** Defines the key of a persistent volume for each pod. */
export const storageKey = (words: { readonly description: string; readonly unset: string }) =>
  group({
    ...words,
    type: 'Storage',
    definedIn: 'src/kubernetes/storage.ts',
    keys: {
      size: key({
        required: true,
        field: () => textField(QUANTITY).refine((size) => !matches(QUANTITY, size) || Quantity.parse(size).value > 0, {
          error: withHint('nothing fits into 0', 'remove storage, or raise its size'),
        }),
        description: 'Size of each volume: a quantity of Kubernetes above 0.',
        example: '20Gi',
      }),
      storageClass: key({
        field: () => textField(DNS_1123_SUBDOMAIN),
        description: 'StorageClass of the volumes. It must exist in the cluster.',
        unset: "the cluster's default",
        example: 'fast',
      }),
    },
  });

const atLeastOne = refusal('at least one label (without labels, all pods would be selected)');

const podSelectionKeys = {
  labels: key({
    required: true,
    field: () => labelsField()
      .refine((labels) => Object.keys(labels).length > 0, atLeastOne)
      .meta({ minProperties: 1 }),
    description: 'Labels that the pods have, all of them. At least one.',
    example: { 'app.kubernetes.io/name': 'alloy' },
  }),
  namespace: key({
    field: () => textField(DNS_1123_LABEL),
    description: 'Namespace of the pods.',
    unset: 'the namespace of the object that selects them',
    example: 'grafana',
  }),
};

/** Pods by their labels: the keys, and an object of them. */
export const podSelection = {
  keys: podSelectionKeys,
  item: memo(() => definedIn('src/kubernetes/pod-selection.ts', 'PodSelection', objectOf(podSelectionKeys))),
};

/** Whether the pods of one StatefulSet share nodes. */
export const spread = key({
  field: () => choiceField(['preferred', 'required']),
  description:
    'Whether two pods may run on the same node if no other node is free. `preferred`: they may. `required`: the second pod stays pending.',
  default: 'preferred',
  example: 'required',
});
