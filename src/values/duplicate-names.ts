import { fileAt, placeOf } from '../output/layout.js';
import { type Diagnostic, errorAt } from '../diagnostics/diagnostic.js';
import type { EnvironmentValues } from './environment-values.js';

/** A document's name in an environment, with its place. */
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

/** Reports documents that would write the same file. In the same namespace, they would also be the same object. */
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
    // Two names may be equal in every environment: report them once.
    const place = `${file}:${line} ${earlier.file}:${earlier.line}`;
    if (reported.has(place)) return [];
    reported.add(place);
    const what = `${earlier.file}:${earlier.line} has this name too, and both would write ${output}`;
    return [errorAt({ file, line, field }, `${JSON.stringify(name)}: ${what}`, 'rename one')];
  });
}
