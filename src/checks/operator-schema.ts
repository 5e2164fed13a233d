import { PodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor';
import { ServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import { didYouMean } from '../diagnostics/expected.js';
import { fieldIn } from '../kubernetes/field-path.js';
import { ObjectFindings, type Finding } from './finding.js';
import { nameOf, textAt, type Manifest } from '../kubernetes/manifest.js';
import { schemaErrors } from '../operator/schema-errors.js';
import { unknownFields, type SchemaModel, type UnknownField } from '../operator/strict-schema.js';

const MODELS: Readonly<Record<string, SchemaModel>> = { PodMonitor, ServiceMonitor };

/** The prometheus-operator's objects keep the operator's schema, as far as kubernetes-models knows it. */
export function checkOperatorSchema(manifest: Manifest): Finding[] {
  const { apiVersion } = manifest;
  const kind = textAt(manifest, 'kind') ?? '';
  const model = Object.hasOwn(MODELS, kind) ? MODELS[kind] : undefined;
  if (apiVersion !== ServiceMonitor.apiVersion || model === undefined) return [];
  return [...unknownFieldFindings(manifest, model), ...wrongValues(manifest, model)];
}

function wrongValues(manifest: Manifest, model: SchemaModel): Finding[] {
  const found = new ObjectFindings(nameOf(manifest));
  for (const { path, message } of schemaErrors(model, manifest)) found.refused(fieldAt(path), message);
  return found.all;
}

/** The API server refuses a field that the schema does not know, or drops it: an empty selector takes everything then. */
export function unknownFieldFindings(manifest: Manifest, model: SchemaModel): Finding[] {
  const found = new ObjectFindings(nameOf(manifest));
  for (const { path, known } of unknownFields(model, manifest)) {
    if (path[0] === 'metadata' || path[0] === 'status') continue;
    const isOfSelector = known.includes('matchLabels');
    const hint = isOfSelector ? '; labels go under matchLabels' : didYouMean(String(path.at(-1)), known);
    found.refused(fieldAt(path), `unknown field${hint}`);
  }
  return found.all;
}

/** A field as others name it: `spec.endpoints[0].port`. */
function fieldAt(path: UnknownField['path']): string {
  return path.reduce<string>(
    (parent, key) => (typeof key === 'number' ? `${parent}[${key}]` : fieldIn(parent, key)),
    '',
  );
}
