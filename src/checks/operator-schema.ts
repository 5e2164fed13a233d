import { PodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor';
import { ServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import { didYouMean, expected, shown } from '../problems/expected.js';
import { fieldIn } from './field-path.js';
import { ObjectFindings, type Finding } from './finding.js';
import { at, listAt, nameOf, textAt, type Manifest } from './manifest.js';
import { unknownFields, type SchemaModel } from './strict-schema.js';

const MODELS = { PodMonitor, ServiceMonitor } as const;

/** The prometheus-operator's objects keep the operator's schema, as far as kubernetes-models knows it. */
export function checkOperatorSchema(manifest: Manifest): Finding[] {
  const { apiVersion, kind } = manifest;
  if (apiVersion !== ServiceMonitor.apiVersion || !isModelled(kind)) return [];
  return [...unknown(manifest, MODELS[kind]), ...wrongValues(manifest, kind)];
}

function wrongValues(manifest: Manifest, kind: keyof typeof MODELS): Finding[] {
  try {
    new MODELS[kind](manifest as never).validate();
    return [];
  } catch (error) {
    const errors = listAt(error, 'errors');
    if (errors.length === 0) throw error;
    return findings(manifest, errors);
  }
}

/** The API server refuses a field that the schema does not know, or drops it: an empty selector takes everything then. */
function unknown(manifest: Manifest, model: SchemaModel): Finding[] {
  const found = new ObjectFindings(nameOf(manifest));
  for (const { path, known } of unknownFields(model, manifest)) {
    if (path[0] === 'metadata' || path[0] === 'status') continue;
    const field = path.reduce<string>(
      (parent, key) => (typeof key === 'number' ? `${parent}[${key}]` : fieldIn(parent, key)),
      '',
    );
    const isOfSelector = known.includes('matchLabels');
    const hint = isOfSelector ? '; labels go under matchLabels' : didYouMean(String(path.at(-1)), known);
    found.refused(field, `unknown field${hint}`);
  }
  return found.all;
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
