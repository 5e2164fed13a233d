import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import type { Constraint } from '../../schema/constraint.js';
import type { ResolvedWorkerApp } from '../keys/index.js';
import type { WorkerAppProps } from '../worker-app-props.js';
import { podNumbers } from '../scale/pod-numbers.js';
import { surge } from '../rollout.js';
import { whenScraped, type Scraped } from './scraped-app.js';

/** A target limit must allow all targets of the application: above it, Prometheus scrapes none of them. */
export const TARGET_LIMIT_CONSTRAINTS: readonly Constraint<ResolvedWorkerApp, WorkerAppProps>[] = whenScraped(
  [
    {
      reads: ['workers', 'replicas', 'autoscaling', 'strategy', 'metrics.endpoints', 'metrics.targetLimit'],
      problems: targetLimit,
    },
  ],
);

function targetLimit(app: Scraped): FieldDiagnostic[] {
  const { workers, strategy, metrics } = app;
  const { targetLimit: limit = 0, endpoints } = metrics;
  const { most: pods } = podNumbers(app);
  if (limit === 0 || pods === undefined) return []; // 0 means no limit
  const more = surge(pods, strategy);
  const perPod = endpoints === 'single' ? workers : 1;
  const needed = perPod * (pods + more);
  if (limit >= needed) return [];
  const ports =
    endpoints === 'single' ? `metrics.endpoints: single makes ${perPod} a pod` : 'there is 1 a pod';
  const ofScaler = app.autoscaling === undefined ? '' : ' (autoscaling.maxReplicas)';
  const message = `above ${limit} targets of a scrape job all of them fail, and ${ports}, in ${pods} pods${ofScaler} and ${more} more during a rollout`;
  const hint = `raise it to ${needed} or above, or remove it`;
  return [{ path: ['metrics', 'targetLimit'], message, hint }];
}
