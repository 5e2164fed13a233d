import type { Strategy } from '../scraping/scraping-props.js';
import { ALERT_DEFAULTS } from './alert-defaults.js';
import { ALERTS, type AlertKey, type WorkerAppAlerts } from './alerts-props.js';

/** An alert with every default in place. */
export interface AlertSpec {
  readonly for: string;
  readonly severity: string;
  readonly runbook?: string;
  /** Beside severity. */
  readonly labels: Readonly<Record<string, string>>;
  /** The component in whose window it may fire. */
  readonly onlyIn?: string;
}

/** The alerts that are on. */
export type AlertSpecs = {
  readonly [Key in AlertKey]?: AlertSpec & Widened<Omit<(typeof ALERT_DEFAULTS)[Key], 'for' | 'severity'>>;
};

type Widened<Options> = { readonly [Key in keyof Options]: number };

/** @param alerts without problems */
export function resolveAlerts(alerts: boolean | WorkerAppAlerts | undefined, strategy: Strategy): AlertSpecs {
  if (alerts === undefined || alerts === false) return {};
  const { labels, ...options } = alerts === true ? ({} as WorkerAppAlerts) : alerts;
  const on = ALERTS.filter((key) => options[key] !== false && isPossible(key, strategy));
  return Object.fromEntries(
    on.map((key) => {
      const own = typeof options[key] === 'object' ? options[key] : {};
      return [key, { ...ALERT_DEFAULTS[key], ...own, labels: { ...labels, ...own.labels } }];
    }),
  ) as AlertSpecs;
}

/** Multiprocess mode has no metrics of a single process. */
export function isPossible(key: AlertKey, strategy: Strategy): boolean {
  return key !== 'workerRestarts' || strategy !== 'multiprocess';
}
