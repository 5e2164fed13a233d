import type { FieldRule } from '../fields/field-rules.js';
import { didYouMean } from '../problems/expected.js';
import type { FieldProblem } from '../problems/problem.js';
import type { WorkerAppMetrics } from '../scraping/scraping-props.js';
import { SCRAPING_DEFAULTS } from '../scraping/scraping-defaults.js';
import type { ServiceWindow } from '../service-windows/service-window-props.js';
import { isPossible } from './alerts.js';
import { ALERTS, type WorkerAppAlerts } from './alerts-props.js';

/** Whatever has `alerts`. */
interface Alerted {
  readonly metrics?: WorkerAppMetrics;
  readonly alerts?: boolean | WorkerAppAlerts;
  readonly serviceWindows?: readonly ServiceWindow[];
}

/** What must hold between `alerts` and what they watch. */
export const ALERT_RULES: readonly FieldRule<Alerted>[] = [
  { reads: ['alerts', 'metrics.strategy'], problems: impossible },
  { reads: ['alerts', 'metrics.strategy', 'serviceWindows'], problems: windows },
];

function impossible({ alerts, metrics }: Alerted): FieldProblem[] {
  const strategy = metrics?.strategy ?? SCRAPING_DEFAULTS.strategy;
  return given(alerts)
    .filter(({ key }) => !isPossible(key, strategy))
    .map(({ key }) => ({
      path: ['alerts', key],
      message: `with metrics.strategy: ${strategy} there are no metrics of single workers; remove it`,
    }));
}

function windows({ alerts, metrics, serviceWindows = [] }: Alerted): FieldProblem[] {
  const strategy = metrics?.strategy ?? SCRAPING_DEFAULTS.strategy;
  const components = [...new Set(serviceWindows.map(({ component }) => component))];
  return given(alerts).flatMap(({ key, onlyIn }) => {
    if (onlyIn === undefined || !isPossible(key, strategy)) return [];
    const message = strategy === 'multiprocess' ? WINDOWS_LOST : unknownComponent(onlyIn, components);
    return message === undefined ? [] : [{ path: ['alerts', key, 'onlyIn'], message }];
  });
}

const WINDOWS_LOST =
  'with metrics.strategy: multiprocess the collector that says when a component is in its window is lost; remove it, and let Alertmanager hold the notifications back (docs/service-windows.md)';

function unknownComponent(name: string, known: readonly string[]): string | undefined {
  if (known.includes(name)) return undefined;
  const advice =
    known.length === 0
      ? 'declare one in serviceWindows, or remove onlyIn'
      : `known are ${known.map((component) => JSON.stringify(component)).join(', ')}`;
  return `no service window of a component ${JSON.stringify(name)}${didYouMean(name, known) || `; ${advice}`}`;
}

/** The alerts that are asked for by name. */
function given(alerts: boolean | WorkerAppAlerts | undefined) {
  if (typeof alerts !== 'object') return [];
  return ALERTS.flatMap((key) => {
    const options = alerts[key];
    if (options === undefined || options === false) return [];
    return [{ key, onlyIn: options === true ? undefined : options.onlyIn }];
  });
}
