import { PrometheusDuration } from '../prometheus/prometheus-duration.js';
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

type Widened<Options> = {
  readonly [Key in keyof Options]: Options[Key] extends boolean ? boolean : number;
};

/** What decides of an application which alerts are possible, and how patient they are. */
export interface AlertedApp {
  readonly strategy: Strategy;
  /** Seconds that workers have to finish their requests when their pod ends. @default - less than any alert waits */
  readonly gracefulTimeout?: number;
}

/** @param alerts without problems */
export function resolveAlerts(
  alerts: boolean | WorkerAppAlerts | undefined,
  { strategy, gracefulTimeout = 0 }: AlertedApp,
): AlertSpecs {
  if (alerts === undefined || alerts === false) return {};
  const { labels, ...options } = alerts === true ? ({} as WorkerAppAlerts) : alerts;
  const defaults = {
    ...ALERT_DEFAULTS,
    workersNotScraped: {
      ...ALERT_DEFAULTS.workersNotScraped,
      for: longerThanDraining(ALERT_DEFAULTS.workersNotScraped.for, gracefulTimeout),
    },
  };
  const on = ALERTS.filter((key) => options[key] !== false && isPossible(key, strategy));
  return Object.fromEntries(
    on.map((key) => {
      const own = typeof options[key] === 'object' ? options[key] : {};
      return [key, { ...defaults[key], ...own, labels: { ...labels, ...own.labels } }];
    }),
  ) as AlertSpecs;
}

/** A pod that ends is not scraped while its workers finish their requests; a minute more, for it to be gone. */
function longerThanDraining(usual: string, gracefulTimeout: number): string {
  const draining = PrometheusDuration.parse(`${Math.ceil((gracefulTimeout + 60) / 60)}m`);
  return draining.isLongerThan(PrometheusDuration.parse(usual)) ? String(draining) : usual;
}

/** Multiprocess mode has no metrics of a single process. */
export function isPossible(key: AlertKey, strategy: Strategy): boolean {
  return key !== 'workerRestarts' || strategy !== 'multiprocess';
}
