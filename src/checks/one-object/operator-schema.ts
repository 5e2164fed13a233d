import { PodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor';
import { ServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import { expected, nearestName } from '../../diagnostics/expected.js';
import { valueAt } from '../../diagnostics/field-path.js';
import { formatField } from '../../kubernetes/field-path.js';
import { ENDPOINT_LISTS, endpointsField } from '../cluster/monitor.js';
import { ObjectDiagnostics } from '../object-diagnostics.js';
import type { Diagnostic, Message } from '../../diagnostics/diagnostic.js';
import { at, listAt, type Manifest } from '../../kubernetes/manifest.js';
import { isReplacedLater } from '../../kubernetes/replaced-later.js';
import { schemaErrors } from '../../operator/schema-errors.js';
import { unknownFields, type SchemaModel, type UnknownField } from '../../operator/strict-schema.js';

/** Checks ServiceMonitors and PodMonitors against the operator's schema, as far as kubernetes-models contains it. */
export function checkOperatorSchema(manifest: Manifest): Diagnostic[] {
  if (manifest['apiVersion'] !== ServiceMonitor.apiVersion) return [];
  const model = manifest['kind'] === 'PodMonitor' ? PodMonitor : ServiceMonitor;
  return [
    ...unknownFieldDiagnostics(manifest, model),
    ...wrongValues(manifest, model),
    ...withoutEndpoints(manifest),
  ];
}

function withoutEndpoints(manifest: Manifest): Diagnostic[] {
  const list = endpointsField(manifest);
  if (list === undefined) return [];
  const given = at(manifest, 'spec', list);
  const isMissing = given === undefined && list === 'podMetricsEndpoints'; // the schema requires the other list
  if (!isMissing && !(Array.isArray(given) && given.length === 0)) return [];
  const found = new ObjectDiagnostics(manifest);
  const problem = isMissing ? 'missing' : 'empty';
  found.broken(
    `spec.${list}`,
    `${problem}: the monitor scrapes nothing`,
    'add an endpoint such as { port: metrics }',
  );
  return found.all;
}

function wrongValues(manifest: Manifest, model: SchemaModel): Diagnostic[] {
  const found = new ObjectDiagnostics(manifest);
  for (const { path, ...text } of schemaErrors(model, manifest)) {
    if (isReplacedLater(valueAt(manifest, path))) continue;
    const { message, hint } = portNumber(path, manifest) ?? text;
    found.refused(formatField(path), message, hint);
  }
  return found.all;
}

/** Explains `port: 8001`: `port` takes a name, and another field takes a number. */
function portNumber(path: UnknownField['path'], manifest: Manifest): Message | undefined {
  const [, list = '', i, key, ...deeper] = path.map(String);
  const number = listAt(manifest, 'spec', list)[Number(i)]?.['port'];
  if (key !== 'port' || deeper.length > 0 || typeof number !== 'number') return undefined;
  const field = list === 'podMetricsEndpoints' ? 'portNumber' : 'targetPort';
  return {
    message: expected('the name of a port', number),
    hint: `for a number write ${field}: ${number}`,
  };
}

/** Reports unknown fields. The API server rejects or drops them; a selector that becomes empty matches everything. */
export function unknownFieldDiagnostics(manifest: Manifest, model: SchemaModel): Diagnostic[] {
  const found = new ObjectDiagnostics(manifest);
  for (const { path, known } of unknownFields(model, manifest)) {
    if (path[0] === 'metadata' || path[0] === 'status') continue;
    const isOfSelector = known.includes('matchLabels');
    const hint = isOfSelector
      ? 'labels go under matchLabels'
      : (ofTheOtherMonitor(path, known) ?? nearestName(String(path.at(-1)), known));
    found.refused(formatField(path), 'unknown field', hint);
  }
  return found.all;
}

/** Suggests the endpoint list of the other kind of monitor: the two names are too different for `nearestName`. */
function ofTheOtherMonitor(path: UnknownField['path'], known: readonly string[]): string | undefined {
  const own = ENDPOINT_LISTS.find((list) => known.includes(list));
  const isOther = path.length === 2 && ENDPOINT_LISTS.some((list) => list === path[1]);
  return isOther && own !== undefined ? `did you mean "${own}"?` : undefined;
}
