import { PrometheusDuration } from '../prometheus/prometheus-duration.js';
import { nameOf, textAt, type Finding, type Manifest } from './manifest.js';
import { endpointsOf } from './monitor.js';

/** No scrape is given longer than the time to the next one: the operator leaves out a monitor that says so. */
export function checkScrapeTiming(manifest: Manifest): Finding[] {
  return endpointsOf(manifest).flatMap(({ endpoint, field }) => {
    const [timeout, interval] = [duration(endpoint, 'scrapeTimeout'), duration(endpoint, 'interval')];
    if (timeout === undefined || interval === undefined || !timeout.isLongerThan(interval)) return [];
    const message = `${timeout} is above the interval of ${interval}; the operator drops the whole monitor`;
    return [{ object: nameOf(manifest), field: `${field}.scrapeTimeout`, message }];
  });
}

function duration(endpoint: Manifest, key: string): PrometheusDuration | undefined {
  const text = textAt(endpoint, key);
  try {
    return text === undefined ? undefined : PrometheusDuration.parse(text);
  } catch {
    return undefined; // the operator's schema says what is wrong with it
  }
}
