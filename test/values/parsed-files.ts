import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import { parseValues, type Selection } from '../../src/values/parse-values.js';
import type { WorkerAppSpec } from '../../src/worker-app/worker-app-spec.js';

/** Required keys of an application. */
export const SHOP = 'name: shop\nimage: a/b:1\n';

/** What some files contain, by their paths. */
export function parsed(files: Readonly<Record<string, string>>, selection?: Selection) {
  return parseValues(
    Object.entries(files).map(([file, text]) => ({ file, text })),
    selection,
  );
}

/** The problems of some files, as they are printed. */
export function messages(files: Readonly<Record<string, string>>): string[] {
  return parsed(files).problems.map(formatDiagnostic);
}

/** The warnings about files without a problem, as they are printed. */
export function warnings(files: Readonly<Record<string, string>>): string[] {
  const { notes, problems } = parsed(files);
  expect(problems).toEqual([]);
  return notes.map(formatDiagnostic);
}

/** The spec of an application. */
export function specOf(files: Readonly<Record<string, string>>, name: string, environment?: string) {
  const { values, problems } = parsed(files);
  expect(problems.map(formatDiagnostic)).toEqual([]);
  const found = values.find((one) => one.spec.name === name && one.environment === environment);
  return found?.spec as WorkerAppSpec;
}
