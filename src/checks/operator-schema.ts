import { PodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor';
import { ServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import { expected, shown } from '../problems/expected.js';
import { fieldIn } from './field-path.js';
import type { Finding } from './finding.js';
import { at, listAt, nameOf, textAt, type Manifest } from './manifest.js';

const MODELS = { PodMonitor, ServiceMonitor } as const;

/** The prometheus-operator's objects keep the operator's schema, as far as kubernetes-models knows it. */
export function checkOperatorSchema(manifest: Manifest): Finding[] {
  const { apiVersion, kind } = manifest;
  if (apiVersion !== ServiceMonitor.apiVersion || !isModelled(kind)) return [];
  try {
    new MODELS[kind](manifest as never).validate();
    return [];
  } catch (error) {
    const errors = listAt(error, 'errors');
    if (errors.length === 0) throw error;
    return findings(manifest, errors);
  }
}

function isModelled(kind: unknown): kind is keyof typeof MODELS {
  return typeof kind === 'string' && Object.hasOwn(MODELS, kind);
}

/** One for each field that Ajv names, however many of the schema's rules the field breaks. */
function findings(manifest: Manifest, errors: readonly Manifest[]): Finding[] {
  const broken = new Map<string, { value: unknown; rules: Set<string> }>();
  for (const error of errors) {
    if (at(error, 'params', 'passingSchemas') === null) continue; // each of its rules is an error too
    const { field, value } = placeOf(error, manifest);
    const { rules } = broken.get(field) ?? { rules: new Set() };
    broken.set(field, { value, rules: rules.add(ruleOf(error)) });
  }
  return [...broken].map(([field, { value, rules }]) => ({
    severity: 'error',
    rejectedBy: 'API server',
    object: nameOf(manifest),
    field,
    message:
      value === undefined ? expected('a value', value) : `${[...rules].join(' or ')}, got ${shown(value)}`,
  }));
}

/** The field that a JSON pointer leads to, or that is missing there, as others name it: `spec.endpoints[0].port`. */
function placeOf(error: Manifest, manifest: Manifest): { field: string; value: unknown } {
  const keys = (textAt(error, 'instancePath') ?? '').split('/').slice(1);
  const missing = textAt(error, 'params', 'missingProperty') ?? [];
  let [field, value]: [string, unknown] = ['', manifest];
  for (const key of keys.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~')).concat(missing)) {
    field = Array.isArray(value) ? `${field}[${key}]` : fieldIn(field, key);
    value = Array.isArray(value) ? (value[Number(key)] as unknown) : at(value, key);
  }
  return { field, value };
}

/** `must be string`; with the values, where the schema names them. */
function ruleOf(error: Manifest): string {
  const values = at(error, 'params', 'allowedValues');
  return Array.isArray(values) ? `must be one of ${values.join(', ')}` : String(error['message']);
}
