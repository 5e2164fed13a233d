import type { ServiceWindow } from '../worker-app-props.js';
import { DEFAULT_TIME_ZONE } from './service-windows-key.js';

/** The windows as the example's `manage.py load_components` reads them. */
export function componentsFile(windows: readonly ServiceWindow[]): string {
  const entries = windows.map(({ component, labels, days, start, end, timeZone = DEFAULT_TIME_ZONE }) => ({
    component,
    labels,
    days,
    start,
    end,
    timeZone,
  }));
  return `${JSON.stringify(entries, null, 2)}\n`;
}
