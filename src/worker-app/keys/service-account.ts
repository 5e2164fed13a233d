import * as z from 'zod';
import type { PolicyRule } from '../../kubernetes-shapes/types.js';
import { isMap, type Manifest } from '../../kubernetes/manifest.js';
import { DNS_1123_SUBDOMAIN, LABEL_KEY, NAME_BESIDE_BOOLEANS } from '../../kubernetes/text-formats.js';
import {
  booleanField,
  objectField,
  recordField,
  refusal,
  textField,
  UNWRITABLE,
} from '../../schema/fields.js';
import { unknownKey } from '../../schema/message-with-hint.js';
import { shapeListField } from '../../schema/shape-field.js';
import { named } from '../../schema/type-names.js';
import { key, type PodContext } from '../key.js';
import { memo } from '../../memo.js';

const options = memo(() =>
  named(
    'ServiceAccountOptions',
    objectField(
      {
        create: booleanField().optional().meta({
          description: 'Whether the ServiceAccount is created. Default: false, it exists.',
          default: false,
        }),
        name: textField(DNS_1123_SUBDOMAIN)
          .optional()
          .meta({ description: 'Name of the ServiceAccount. Default: the name of the application.' }),
        annotations: recordField(LABEL_KEY, textField({ what: 'text' }), UNWRITABLE)
          .optional()
          .meta({
            description:
              'Annotations of the created ServiceAccount, such as the role of a cloud. Default: none.',
          }),
        automountToken: booleanField().optional().meta({
          description: 'Whether the pods get a token of the API server. Default: false.',
          default: false,
        }),
        rules: shapeListField<PolicyRule>('PolicyRule')
          .optional()
          .meta({
            description:
              'Permissions of the pods in their namespace, as rules of a Role. They make a Role and a RoleBinding. Default: none.',
            examples: [[{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }]],
          }),
      },
      { automount: unknownKey('write automountToken') },
    ),
    'The ServiceAccount of the pods.',
  ),
);

/** The lines to write in place of a boolean, also of YAML 1.1 or in quotes. */
function booleanHint(value: unknown): string | undefined {
  if (/^(?:true|yes|on)$/i.test(String(value)))
    return 'write { create: true }, or the name of one that exists';
  return /^(?:false|no|off)$/i.test(String(value))
    ? 'remove it: without it, the pods get no token'
    : undefined;
}

export const serviceAccount = key({
  scope: 'inherited',
  field: () =>
    z.union(
      [textField(NAME_BESIDE_BOOLEANS, booleanHint), options()],
      refusal('a name, or a map with create, name, annotations, automountToken or rules', booleanHint),
    ),
  description:
    'ServiceAccount of the pods: the name of one that exists, or a map. `create: true` creates it. `rules` gives it rights in its namespace.',
  unset: "the namespace's `default`, without a token",
  example: { create: true, rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }] },
  pod: (given, { application }) => ({
    serviceAccountName: accountName(given, application.name),
    automountServiceAccountToken: optionsOf(given).automountToken ?? false,
  }),
  // Processes and jobs with the account of the web pods do not make it again.
  objects: (given, pod) => {
    const account = accountName(given, pod.application.name);
    const isShared = pod.ownKeys !== undefined && account === pod.application.account;
    return isShared ? {} : objectsOf(account, optionsOf(given), pod);
  },
});

type Options = z.output<ReturnType<typeof options>>;

/** Name of the ServiceAccount of pods. @param application the default */
export function accountName(given: string | Options, application: string): string {
  return optionsOf(given).name ?? application;
}

/** Whether a process or job has another account than the application: then it inherits nothing of that one. */
export function isAnotherAccount(own: unknown): boolean {
  return !isMap(own) || Object.hasOwn(own, 'name');
}

function optionsOf(given: string | Options): Options {
  return typeof given === 'string' ? { name: given } : given;
}

const RBAC = 'rbac.authorization.k8s.io';

function objectsOf(
  account: string,
  { create = false, annotations, rules = [] }: Options,
  { namespace }: PodContext,
): Record<string, Manifest> {
  const metadata = { name: account };
  return {
    ...(create && {
      'service-account': {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { ...metadata, ...(annotations !== undefined && { annotations }) },
        automountServiceAccountToken: false,
      },
    }),
    ...(rules.length > 0 && {
      role: { apiVersion: `${RBAC}/v1`, kind: 'Role', metadata, rules },
      'role-binding': {
        apiVersion: `${RBAC}/v1`,
        kind: 'RoleBinding',
        metadata,
        roleRef: { apiGroup: RBAC, kind: 'Role', name: account },
        subjects: [{ kind: 'ServiceAccount', name: account, namespace }],
      },
    }),
  };
}
