import { readFileSync } from 'node:fs';
import { CHOICES } from './kubernetes-choices.js';

// Reads the shapes of Kubernetes 1.28 from the types of cdk8s-plus-28. These are generated from Kubernetes' own OpenAPI: the
// tag @schema of each field has Kubernetes' spelling (`clusterIP`), and the name in TypeScript is that of cdk8s (`clusterIp`).

const TYPES = 'node_modules/cdk8s-plus-28/lib/imports/k8s.d.ts';

/** Shapes of keys and of objects. The shapes inside them are added. */
const ROOTS = [
  'DaemonSetSpec',
  'DeploymentSpec',
  'HorizontalPodAutoscalerSpecV2',
  'IngressSpec',
  'JobSpec',
  'CronJobSpec',
  'NetworkPolicySpec',
  'PersistentVolumeClaimSpec',
  'PodDisruptionBudgetSpec',
  'PodSpec',
  'PolicyRule',
  'ReplicaSetSpec',
  'ServiceSpec',
  'StatefulSetSpec',
];

/**
 * Fields that the OpenAPI of Kubernetes 1.28 requires, and the API server does not: test/e2e-cluster/field-values.e2e.ts.
 * A missing template is an empty one to it: it requires the containers.
 * @see https://github.com/kubernetes-client/python/issues/2056
 */
const NOT_REQUIRED: ReadonlySet<string> = new Set([
  'CronJobSpec.jobTemplate',
  'DaemonSetSpec.template',
  'DeploymentSpec.template',
  'HttpHeader.value',
  'IscsiVolumeSource.lun',
  'JobSpec.template',
  'NetworkPolicySpec.podSelector',
  'OwnerReference.apiVersion',
  'OwnerReference.kind',
  'OwnerReference.name',
  'OwnerReference.uid',
  'PodFailurePolicy.rules',
  'PodFailurePolicyOnPodConditionsPattern.status',
  'PodFailurePolicyRule.onPodConditions',
  'PreferredSchedulingTerm.preference',
  'ScaleIoVolumeSource.secretRef',
  'StatefulSetSpec.serviceName',
  'StatefulSetSpec.template',
  'Sysctl.value',
]);

type Json = Readonly<Record<string, unknown>>;

/** Shapes that cdk8s writes as classes. */
const VALUES: Readonly<Record<string, Json>> = {
  IntOrString: { type: ['integer', 'string'] },
  Quantity: { type: ['string', 'number'], format: 'quantity' },
  Date: { type: 'string' },
  string: { type: 'string' },
  boolean: { type: 'boolean' },
  // All numbers of these shapes are whole numbers.
  number: { type: 'integer' },
  any: {},
};

const SHAPE = /\/\*\*\n((?: \*[^\n]*\n)*?) \*\/\nexport interface (\w+) \{\n([^]*?)\n\}/g;
const FIELD =
  /    \/\*\*\n((?:     \*[^\n]*\n)*?)     \*\/\n    readonly (?:\w+|'[^']+')(\??): (\{[^}]*\}(?:\[\])?|[^;]+);/g;

/** The JSON Schema definitions of Kubernetes' shapes, by name. @param roots the shapes that are needed */
export function kubernetesShapes(roots: readonly string[] = ROOTS): { readonly definitions: Json } {
  const shapes = new Map<string, Json>();
  for (const [, comment = '', name = '', body = ''] of readFileSync(TYPES, 'utf8').matchAll(SHAPE))
    shapes.set(ofKubernetes(name), shapeOf(ofKubernetes(name), comment, body));
  const definitions = new Map<string, Json>();
  const add = (name: string) => {
    const shape = shapes.get(name);
    if (shape === undefined) throw new Error(`${TYPES} has no interface ${name}`);
    if (definitions.has(name)) return;
    definitions.set(name, shape);
    for (const [, inner = ''] of JSON.stringify(shape).matchAll(/"#\/definitions\/(\w+)"/g)) add(inner);
  };
  for (const root of roots) add(root);
  return { definitions: Object.fromEntries([...definitions].toSorted(([a], [b]) => (a < b ? -1 : 1))) };
}

function shapeOf(shape: string, comment: string, body: string): Json {
  const choices = CHOICES[shape] ?? {};
  const fields = [...body.matchAll(FIELD)].map(([, text = '', optional = '', type = '']) => {
    const name = /@schema \S+#(\S+)/.exec(text)?.[1];
    if (name === undefined) throw new Error(`${TYPES}: a field without @schema: ${text}`);
    const schema = withChoices(typeOf(type), choices[name]);
    return { name, isRequired: optional === '', schema: { ...schema, description: words(text) } };
  });
  const missing = Object.keys(choices).filter((name) => fields.every((field) => field.name !== name));
  if (missing.length > 0) throw new Error(`${TYPES}: ${shape} has no field ${missing.join()}`);
  const required = fields
    .filter(({ name, isRequired }) => isRequired && !NOT_REQUIRED.has(`${shape}.${name}`))
    .map(({ name }) => name);
  return {
    description: words(comment),
    type: 'object',
    properties: Object.fromEntries(fields.map(({ name, schema }) => [name, schema])),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}

/** An empty text is no value in many of these fields. The API server refuses it in others, such as `volumeMode`. */
function withChoices(schema: Json, choices: readonly string[] | undefined): Json {
  if (choices === undefined) return schema;
  return schema['type'] === 'array'
    ? { ...schema, items: { type: 'string', enum: choices } }
    : { ...schema, enum: [...choices, ''] };
}

function typeOf(type: string): Json {
  const [, item] = /^(.+)\[\]$/.exec(type) ?? [];
  if (item !== undefined) return { type: 'array', items: typeOf(item) };
  const [, value] = /^\{\s*\[key: string\]: (.+?);?\s*\}$/s.exec(type) ?? [];
  if (value !== undefined) return { type: 'object', additionalProperties: typeOf(value) };
  return VALUES[type] ?? { $ref: `#/definitions/${ofKubernetes(type)}` };
}

/** `PersistentVolumeClaim` of `KubePersistentVolumeClaimProps`: the name of cdk8s for a whole object. */
function ofKubernetes(name: string): string {
  return name.replace(/^Kube(.+)Props$/, '$1');
}

/** The text of a comment, without its tags. */
function words(comment: string): string {
  const lines = comment.split('\n').map((line) => line.replace(/^ *\* ?/, ''));
  const tag = lines.findIndex((line) => line.startsWith('@'));
  return lines
    .slice(0, tag === -1 ? undefined : tag)
    .join(' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
