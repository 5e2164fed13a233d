import { fileAt, placeOf } from '../output/layout.js';
import { type Diagnostic, errorAt } from '../diagnostics/diagnostic.js';
import type { EnvironmentValues } from './environment-values.js';

/** The name of something in an environment, and where it was given. */
export interface Named {
  readonly name: string;
  readonly environment?: string | undefined;
  readonly file: string;
  readonly line: number;
  readonly field: string;
}

export function nameIn(file: string, variant: EnvironmentValues): Named[] {
  const { name } = variant.value;
  const { environment } = variant;
  const { line, field } = variant.originOf(['name']);
  return typeof name === 'string' ? [{ name, environment, file, line, field }] : [];
}

/** Documents that would write one file; with one namespace they would be one object, too. */
export function duplicateNames(names: readonly Named[]): Diagnostic[] {
  const first = new Map<string, Named>();
  const reported = new Set<string>();
  return names.flatMap((later) => {
    const { name, file, line, field } = later;
    const output = fileAt(placeOf(later));
    const earlier = first.get(output);
    if (earlier === undefined) {
      first.set(output, later);
      return [];
    }
    // Two names may meet in every environment: once is enough.
    const place = `${file}:${line} ${earlier.file}:${earlier.line}`;
    if (reported.has(place)) return [];
    reported.add(place);
    const what = `${earlier.file}:${earlier.line} has this name too, and both would write ${output}`;
    return [errorAt({ file, line, field }, `${JSON.stringify(name)}: ${what}`, 'rename one')];
  });
}
