import type { ResolvedServiceWindow } from './service-windows-key.js';

/** Returns the windows in the format of the example's `manage.py load_components`. */
export function componentsFile(windows: readonly ResolvedServiceWindow[]): string {
  const entries = windows.map(({ component, labels, days, start, end, timeZone }) => ({
    component,
    labels,
    days,
    start,
    end,
    timeZone,
  }));
  return `${JSON.stringify(entries, null, 2)}\n`;
}
