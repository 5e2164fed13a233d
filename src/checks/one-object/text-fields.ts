import { scalarText } from '../../diagnostics/scalar-text.js';
import { expected, PUT_IN_QUOTES } from '../../diagnostics/expected.js';
import { fieldIn } from '../../kubernetes/field-path.js';
import { at, isMap, mapAt, type Manifest } from '../../kubernetes/manifest.js';
import type { CheckedObject } from '../cluster/checked-object.js';
import { ObjectDiagnostics } from '../object-diagnostics.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { isKubernetesWorkload } from '../cluster/pod-templates.js';
import type { Workload } from '../cluster/workload.js';

/** Fields that are maps of strings, for each kind. */
const OF_KINDS: ReadonlyMap<string, readonly (readonly string[])[]> = new Map(
  Object.entries({
    'v1 ConfigMap': ['data', 'binaryData'],
    'v1 Secret': ['data', 'stringData'],
    'v1 Service': ['spec.selector'],
    'apps/v1 Deployment': ['spec.selector.matchLabels'],
    'apps/v1 ReplicaSet': ['spec.selector.matchLabels'],
    'apps/v1 StatefulSet': ['spec.selector.matchLabels'],
    'apps/v1 DaemonSet': ['spec.selector.matchLabels'],
    'policy/v1 PodDisruptionBudget': ['spec.selector.matchLabels'],
    'networking.k8s.io/v1 NetworkPolicy': ['spec.podSelector.matchLabels'],
  }).map(([kind, fields]) => [kind, fields.map((field) => field.split('.'))]),
);

const OF_METADATA = [
  ['metadata', 'labels'],
  ['metadata', 'annotations'],
];

/** Reports numbers and booleans in text fields: the API server rejects them. YAML reads `yes` as a boolean. */
export function checkTextFields(manifest: Manifest, { workloads: given }: CheckedObject): Diagnostic[] {
  const diagnostics = new ObjectDiagnostics(manifest);
  const refuse = (field: string, value: unknown): void => {
    const hint = typeof value === 'object' ? undefined : PUT_IN_QUOTES;
    diagnostics.refused(field, expected('text', value), hint);
  };
  const kind = `${scalarText(manifest['apiVersion'])} ${scalarText(manifest['kind'])}`;
  const workloads = isKubernetesWorkload(manifest) ? given : [];
  for (const field of [...OF_METADATA, ...fieldsOfPods(workloads), ...(OF_KINDS.get(kind) ?? [])]) {
    const map = mapAt(manifest, ...field);
    for (const key of Object.keys(map))
      if (!isText(map[key])) refuse(fieldIn(field.join('.'), key), map[key]);
  }
  for (const { field, manifest: container } of workloads.flatMap(({ containers }) => containers)) {
    for (const list of ['command', 'args'])
      for (const [i, word] of itemsAt(container, list).entries())
        if (!isText(word)) refuse(`${field}.${list}[${i}]`, word);
    for (const [i, variable] of itemsAt(container, 'env').entries()) {
      const value = at(variable, 'value');
      if (!isText(value)) refuse(`${field}.env[${i}].value`, value);
    }
  }
  return diagnostics.all;
}

/** Whether a value is text, or is not set. */
function isText(value: unknown): boolean {
  return typeof value === 'string' || value === undefined || value === null;
}

function fieldsOfPods([workload]: readonly Workload[]): string[][] {
  if (workload === undefined) return [];
  const spec = workload.podField.split('.');
  const template = spec.slice(0, -1);
  const ofTemplate = template.length === 0 ? [] : OF_METADATA.map((field) => [...template, ...field]);
  return [...ofTemplate, [...spec, 'nodeSelector']];
}

function itemsAt(value: unknown, key: string): readonly unknown[] {
  const found = isMap(value) ? value[key] : undefined;
  return Array.isArray(found) ? found : [];
}
