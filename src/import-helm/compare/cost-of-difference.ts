import { formatFieldPath } from '../../output/diff/field-changes.js';
import type { Difference } from './differences.js';

/** The effect of a difference, the worst first. */
export type Cost = 'keeps pods from running' | 'security' | 'metrics' | 'availability' | 'cosmetic';

/** Kinds by which Prometheus finds targets and rules. */
export const MONITORING = /^(ServiceMonitor|PodMonitor|PrometheusRule)$/;

const SECURITY =
  /securityContext|serviceAccount|automountServiceAccountToken|hostNetwork|hostPID|hostIPC|hostUsers|procMount|\.tls\b|loadBalancerSourceRanges|^Network/i;

/** Objects and fields that let the application answer during rollouts, drains and peaks. */
const AVAILABILITY =
  /^(PodDisruptionBudget|HorizontalPodAutoscaler) |^Deployment spec\.(strategy|minReadySeconds|replicas)|topologySpreadConstraints/;

/** The cost of a difference without a reason. */
export function costOf({ kind, path }: Difference): Cost {
  const field = `${kind} ${formatFieldPath(path)}`;
  if (MONITORING.test(kind)) return 'metrics';
  if (SECURITY.test(field)) return 'security';
  return AVAILABILITY.test(field) ? 'availability' : 'keeps pods from running';
}
