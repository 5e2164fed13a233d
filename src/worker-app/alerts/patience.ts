import { PrometheusDuration } from '../../prometheus/prometheus-duration.js';

/** Longer than the hand-over of a reload, and than a pod needs to start. */
const usual = '5m';

/** A pod that ends is not scraped while its workers finish their requests. One minute more, for it to be gone. */
function longerThanDraining(gracefulTimeout = 0): string {
  const draining = PrometheusDuration.parse(`${Math.ceil((gracefulTimeout + 60) / 60)}m`);
  return draining.isLongerThan(PrometheusDuration.parse(usual)) ? String(draining) : usual;
}

/** How long workers may be unscraped before that is an alert. */
export const patience = { usual, longerThanDraining };
