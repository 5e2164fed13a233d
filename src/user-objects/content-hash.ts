import { createHash } from 'node:crypto';
import { isMap, mapAt, namespaceOf, textAt, type Manifest } from '../kubernetes/manifest.js';

/** Annotation of the pods, which restart when an object of `objects` that they read changes. */
const CONTENT_HASH = 'cdk8s-worker-metrics/objects';

/** A workload whose pods restart when one of the ConfigMaps and Secrets that they read changes. */
export function withContentHash(workload: Manifest, objects: readonly Manifest[]): Manifest {
  const spec = mapAt(workload, 'spec');
  const template = mapAt(spec, 'template');
  const references = new Set(referencesIn(mapAt(template, 'spec')));
  const read = objects.filter(
    (object) =>
      namespaceOf(object) === namespaceOf(workload) &&
      references.has(`${String(object['kind'])} ${textAt(object, 'metadata', 'name') ?? ''}`),
  );
  if (read.length === 0) return workload;
  const hash = createHash('sha256').update(JSON.stringify(read)).digest('hex').slice(0, 16);
  const metadata = mapAt(template, 'metadata');
  const annotations = { ...mapAt(metadata, 'annotations'), [CONTENT_HASH]: hash };
  return {
    ...workload,
    spec: { ...spec, template: { ...template, metadata: { ...metadata, annotations } } },
  };
}

/** The fields of a pod that name a ConfigMap or a Secret. */
const REFERENCES: Readonly<Record<string, 'ConfigMap' | 'Secret'>> = {
  configMap: 'ConfigMap',
  configMapRef: 'ConfigMap',
  configMapKeyRef: 'ConfigMap',
  secret: 'Secret',
  secretRef: 'Secret',
  secretKeyRef: 'Secret',
};

/** `ConfigMap features`: the objects that a pod reads by env, envFrom and volumes. */
function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isMap(value)) return [];
  return Object.entries(value).flatMap(([field, inner]) => {
    const kind = Object.hasOwn(REFERENCES, field) ? REFERENCES[field] : undefined;
    const name = textAt(inner, 'name') ?? textAt(inner, 'secretName');
    return kind === undefined || name === undefined ? referencesIn(inner) : [`${kind} ${name}`];
  });
}
