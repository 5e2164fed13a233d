import { PrometheusDuration } from '../../prometheus/prometheus-duration.js';
import type { CheckedObject } from '../cluster/checked-object.js';
import { ObjectDiagnostics } from '../object-diagnostics.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { textAt, type Manifest } from '../../kubernetes/manifest.js';

/** Checks that no scrapeTimeout exceeds its interval. The operator drops a monitor with a longer scrapeTimeout. */
export function checkScrapeTiming(manifest: Manifest, { monitor }: CheckedObject): Diagnostic[] {
  const diagnostics = new ObjectDiagnostics(manifest);
  for (const { manifest: endpoint, field } of monitor?.endpoints ?? []) {
    const [timeout, interval] = [duration(endpoint, 'scrapeTimeout'), duration(endpoint, 'interval')];
    if (timeout === undefined || interval === undefined || !timeout.isLongerThan(interval)) continue;
    const message = `${timeout} is above the interval of ${interval}; the operator drops the whole monitor`;
    diagnostics.dropped(`${field}.scrapeTimeout`, message);
  }
  return diagnostics.all;
}

function duration(endpoint: Manifest, key: string): PrometheusDuration | undefined {
  const text = textAt(endpoint, key);
  try {
    return text === undefined ? undefined : PrometheusDuration.parse(text);
  } catch {
    return undefined; // checkOperatorSchema reports it
  }
}
