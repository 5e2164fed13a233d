import type { Manifest } from '../../../src/kubernetes/manifest.js';
import type { WorkerAppProps } from '../../../src/index.js';
import { synthesized } from '../../synthesized.js';
import { testRules, type RuleTest } from './promtool.js';

// What Prometheus sees of an application named shop with four workers, and whether an alert fires then.

export const BILLING = { component: 'billing', days: ['Mon'], start: '08:00', end: '18:00' } as const;
export const IN_WINDOW =
  'billing_service_window_in_window{namespace="shop",job="shop",component="billing",endpoint="metrics-1"}';

export const target = (pod: string, worker: number) =>
  `namespace="shop",job="shop",pod="${pod}",endpoint="metrics-${worker}"`;

/** The `up` of each worker of a pod, `1` or `0` all the time or as promtool writes values. */
export const workers = (pod: string, ...up: readonly (0 | 1 | string)[]) =>
  Object.fromEntries(
    up.map((value, i) => [`up{${target(pod, i + 1)}}`, typeof value === 'number' ? `${value}x60` : value]),
  );

/** Series of targets that Prometheus finds through a Service. */
export const throughService = (service: string, series: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(series).map(([name, values]) => [name.replace('{', `{service="${service}",`), values]),
  );

/** Series of workers that a PodMonitor finds, and a ServiceMonitor too. */
export const scrapedTwice = (series: Readonly<Record<string, string>>) => ({
  ...series,
  ...throughService('shop', series),
});

export const pod = (name: string) => ({ namespace: 'shop', pod: name, job: 'shop', severity: 'critical' });
export const ready = (name: string, condition = 'true') => ({
  [`kube_pod_status_ready{namespace="shop",pod="${name}",condition="${condition}",job="kube-state-metrics"}`]:
    '1x60',
});

export const POD = 'shop-6b7f8c9d54-x2x4z';
export const OTHER = 'shop-7c5d6f8b49-k7lqm';

/** What Prometheus has seen, and what of an alert that must make. */
export interface Case {
  readonly name: string;
  readonly props?: Partial<WorkerAppProps>;
  readonly series: Readonly<Record<string, string>>;
  readonly at?: string;
  /** The labels of each alert that fires. */
  readonly firing: readonly Readonly<Record<string, string>>[];
}

/** What promtool finds wrong with a case; nothing where the alert does as it says. */
export function wrongWith(alert: string, { props, series, at: time = '20m', firing }: Case): string {
  const manifests = synthesized({ alerts: true, ...props });
  const rule: RuleTest = { alert, series, at: time, firing: firing.map((labels) => ({ labels })) };
  return testRules(withoutAnnotations(manifests), [rule]);
}

/** promtool compares all annotations of an alert; their words are tested by themselves. */
function withoutAnnotations(manifests: readonly Manifest[]): Manifest[] {
  return JSON.parse(
    JSON.stringify(manifests, (key, value) => (key === 'annotations' ? undefined : value)),
  ) as Manifest[];
}
