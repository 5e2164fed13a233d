import { withHint } from '../schema/message-with-hint.js';
import * as z from 'zod';
import {
  choiceField,
  listField,
  looseObjectField,
  objectField,
  refusal,
  textField,
  UNWRITABLE,
} from '../schema/fields.js';
import { valueAt } from '../diagnostics/field-path.js';
import { key } from '../schema/key.js';
import { definedIn } from '../schema/type-names.js';
import type { JsonPatchOperation, Patch } from './patch.js';
import { memo } from '../memo.js';

const FILE = 'src/user-objects/patch.ts';

const API_VERSION = {
  what: 'an API version of Kubernetes, such as v1 or apps/v1',
  pattern: /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?v[a-z0-9]+$/,
  maxLength: 317,
};
const KIND = {
  what: 'a kind of Kubernetes, such as Deployment',
  pattern: /^[A-Z][A-Za-z0-9]*$/,
  maxLength: 63,
};
const NAME = { what: 'the name of an object', pattern: /^[^\s/%]+$/, maxLength: 253 };
const POINTER = {
  what: 'a JSON Pointer, such as /spec/template/spec/hostNetwork',
  pattern: /^(\/([^~]|~[01])*)?$/,
  maxLength: 2000,
};

const manifest = memo(() =>
  looseObjectField({
    apiVersion: textField(API_VERSION).meta({
      description: 'API group and version: `v1`, `apps/v1`.',
      examples: ['v1'],
    }),
    kind: textField(KIND)
      .refine((kind) => kind !== 'List', { error: 'write the items of the List one by one' })
      .meta({ description: 'Kind of the object.', examples: ['ConfigMap'] }),
    metadata: looseObjectField({
      name: textField(NAME).meta({ description: 'Name of the object.', examples: ['features'] }),
    })
      .superRefine(writableMetadata)
      .meta({ description: 'Name, namespace, labels and annotations of the object.' }),
  }),
);

/** cdk8s cannot write labels and annotations with the key `constructor`. */
function writableMetadata(metadata: object, context: z.core.$RefinementCtx): void {
  for (const field of ['labels', 'annotations'])
    if (valueAt(metadata, [field, 'constructor']) !== undefined)
      context.addIssue({
        code: 'custom',
        path: [field, 'constructor'],
        message: UNWRITABLE.refusal('constructor'),
      });
}

export const objects = key({
  field: () => listField(definedIn('src/kubernetes/manifest.ts', 'Manifest', manifest())),
  description:
    'Whole manifests of further objects. They are written and checked with the others. Namespace and labels are added where they are not set. The pods restart when a ConfigMap or Secret of this list that they read changes.',
  unset: 'none',
  example: [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'features' },
      data: { 'beta.json': '{"search": true}' },
    },
  ],
});

const target = memo(() =>
  objectField({
    kind: textField(KIND).meta({ description: 'Kind of the object.', examples: ['Deployment'] }),
    name: textField(NAME).meta({ description: 'Name of the object.', examples: ['shop'] }),
  }),
);

const operation = memo(() =>
  definedIn(
    FILE,
    'JsonPatchOperation',
    objectField({
      op: choiceField(['add', 'remove', 'replace', 'move', 'copy', 'test']).meta({
        description: 'The operation. `test` refuses the patch if the field has another value.',
      }),
      path: textField(POINTER).meta({
        description: 'JSON Pointer of the field: `/spec/template/spec/hostNetwork`.',
        examples: ['/spec/template/spec/hostNetwork'],
      }),
      value: z
        .unknown()
        .optional()
        .meta({
          description: 'Value for `add`, `replace` and `test`.',
          examples: [true],
        }),
      from: textField(POINTER)
        .optional()
        .meta({
          description: 'JSON Pointer of the source of `move` and `copy`.',
          examples: ['/metadata/labels/team'],
        }),
    }).superRefine(operands),
  ),
);

/** `add`, `replace` and `test` have a value; `move` and `copy` have a source. */
function operands({ op, value, from }: JsonPatchOperation, context: z.core.$RefinementCtx): void {
  const takesFrom = op === 'move' || op === 'copy';
  const needs = takesFrom ? 'from' : op === 'remove' ? undefined : 'value';
  for (const [name, given] of Object.entries({ value, from })) {
    if (name === needs ? given !== undefined : given === undefined) continue;
    const message = name === needs ? `${op} needs ${name}` : withHint(`${op} takes no ${name}`, 'remove it');
    context.addIssue({ code: 'custom', path: name === needs ? [] : [name], message });
  }
}

const PATCH = 'a map with target, and either merge or json';

const patch = memo(() =>
  definedIn(
    FILE,
    'Patch',
    objectField({
      target: target().meta({ description: 'The object to change.' }),
      merge: z
        .record(z.string(), z.unknown(), refusal('a map of fields of the object'))
        .optional()
        .meta({
          description: 'JSON Merge Patch: maps are merged, other values replace, null removes.',
          examples: [{ metadata: { annotations: { 'example.com/owner': 'payments' } } }],
        }),
      json: listField(operation())
        .min(1, refusal('at least one operation'))
        .optional()
        .meta({
          description: 'JSON Patch: a list of operations.',
          examples: [[{ op: 'add', path: '/spec/template/spec/hostNetwork', value: true }]],
        }),
    }).refine(({ merge, json }: Patch) => (merge === undefined) !== (json === undefined), refusal(PATCH)),
  ),
);

/** Defines the key of the patches. @param name name of an object of this kind, for the example */
export const patchesKey = (kind: string, name: string) =>
  key({
    field: () => listField(patch()),
    description:
      'Changes of finished objects, in this order. `target` is the kind and the name of an object. `merge` is a JSON Merge Patch, `json` is a JSON Patch. All checks run after them.',
    unset: 'none',
    example: [
      { target: { kind, name }, merge: { metadata: { annotations: { 'example.com/owner': 'payments' } } } },
    ],
  });
