import { PrometheusDuration } from '../../prometheus/prometheus-duration.js';

/** Longer than a reload takes, and than a pod takes to start. */
const usual = '5m';

/** A terminating pod is not scraped while its workers finish their requests. One more minute until it is removed. */
function longerThanDraining(gracefulTimeout = 0): string {
  const draining = PrometheusDuration.parse(`${Math.ceil((gracefulTimeout + 60) / 60)}m`);
  return draining.isLongerThan(PrometheusDuration.parse(usual)) ? String(draining) : usual;
}

/** How long workers may be missing from the scrapes before the alert fires. */
export const patience = { usual, longerThanDraining };
