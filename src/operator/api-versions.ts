import { nearest } from '../diagnostics/expected.js';
import type { Message } from '../diagnostics/diagnostic.js';

const GROUP = 'monitoring.coreos.com';
const STABLE = `${GROUP}/v1`;

/** Groups of other programs with the same kinds: Azure Managed Prometheus, and the Cluster Observability Operator. */
const COPIES = new Set(['azmonitoring.coreos.com', 'monitoring.rhobs']);

const KINDS: Readonly<Record<string, readonly string[]>> = {
  [STABLE]: [
    'Alertmanager', 'PodMonitor', 'Probe', 'Prometheus', 'PrometheusRule', 'ServiceMonitor', 'ThanosRuler',
  ],
  [`${GROUP}/v1beta1`]: ['AlertmanagerConfig'],
  [`${GROUP}/v1alpha1`]: ['AlertmanagerConfig', 'PrometheusAgent', 'ScrapeConfig'],
}; // prettier-ignore

/**
 * Message and hint about an API version of the prometheus-operator that does not have the kind. Undefined if it has the kind,
 * or may have it in a newer version of the operator.
 */
export function wrongOperatorVersion(apiVersion: string, kind: string): Message | undefined {
  const [group = ''] = apiVersion.split('/');
  const message = `the prometheus-operator has no ${kind} of ${apiVersion}`;
  if (KINDS[STABLE]?.includes(kind)) {
    const isMeant = group === GROUP || (!COPIES.has(group) && nearest(group, [GROUP]) !== undefined);
    return isMeant && apiVersion !== STABLE ? { message, hint: `write ${STABLE}` } : undefined;
  }
  if (group !== GROUP) return undefined;
  const known = Object.values(KINDS).flat();
  const near = known.includes(kind) ? undefined : nearest(kind, known);
  if (near === undefined || Math.abs(near.length - kind.length) > 2) return undefined;
  return { message, hint: `did you mean ${JSON.stringify(near)}?` };
}
