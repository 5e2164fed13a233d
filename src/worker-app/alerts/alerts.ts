import type { ResolvedWorkerApp } from '../keys/index.js';
import { ALERTS, type AlertKey } from './alerts-keys.js';

type Alerts = Exclude<ResolvedWorkerApp['alerts'], false>;

/** The keys that every alert has. */
export interface AlertSpec {
  readonly for: string;
  readonly severity: string;
  readonly runbook?: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly onlyIn?: string | undefined;
}

/** The enabled alerts, each with `alerts.labels` merged in. */
export type AlertSpecs = {
  readonly [Key in AlertKey]?: Exclude<Alerts[Key], false> & {
    readonly labels: Readonly<Record<string, string>>;
  };
};

export function alertSpecs(alerts: ResolvedWorkerApp['alerts']): AlertSpecs {
  if (alerts === false) return {};
  const on = ALERTS.flatMap((key) => {
    const alert = alerts[key];
    return alert === false ? [] : [[key, { ...alert, labels: { ...alerts.labels, ...alert.labels } }]];
  });
  return Object.fromEntries(on) as AlertSpecs;
}
