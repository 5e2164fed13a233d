import { PodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor';
import { ServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import { nearestName } from '../../diagnostics/expected.js';
import { schemaErrors } from '../../operator/schema-errors.js';
import { unknownFields } from '../../operator/strict-schema.js';
import type { Metrics } from './scraped-app.js';

/** Checks `metrics.extraEndpoints` by the operator's own schema. */
export function extraEndpoints({ metrics }: { readonly metrics: Metrics }): FieldDiagnostic[] {
  const { monitor, extraEndpoints: given = [] } = metrics;
  if (given.length === 0) return [];
  const [model, list] =
    monitor === 'PodMonitor' ? [PodMonitor, 'podMetricsEndpoints'] : [ServiceMonitor, 'endpoints'];
  const { apiVersion, kind } = model;
  const manifest = { apiVersion, kind, metadata: { name: 'a' }, spec: { selector: {}, [list]: given } };
  const placed = (path: FieldDiagnostic['path']) => ['metrics', 'extraEndpoints', ...path.slice(2)];
  return [
    ...unknownFields(model, manifest).map(({ path, known }) => {
      const hint = nearestName(String(path.at(-1)), known);
      const message = `unknown field of an endpoint of a ${kind}`;
      return { path: placed(path), message, inKey: true, ...(hint !== undefined && { hint }) };
    }),
    ...schemaErrors(model, manifest).map(({ path, message }) => ({ path: placed(path), message })),
    ...given.flatMap((endpoint, i) => {
      if (['port', 'targetPort', 'portNumber'].some((field) => endpoint[field] !== undefined)) return [];
      const message = 'without a port it scrapes every port of the pods';
      return [{ path: placed(['spec', list, i]), message, hint: 'add port or targetPort' }];
    }),
  ];
}
