import { synthesize } from '../../charts/synthesize.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { sourcesAround } from '../values/problems/defaults-for.js';
import { parseValues } from '../values/parse-values.js';

/**
 * Synthesizes the values of an import, with the Defaults of their folder.
 *
 * @param file the values file to write
 * @returns the errors of `synth`, each at its line
 */
export function synthErrors(file: string, text: string): Diagnostic[] {
  const { values, problems } = parseValues([...sourcesAround(file), { file, text }]);
  return [
    ...problems.filter(({ severity }) => severity === 'error'),
    ...[...synthesize(values)].flatMap(({ errors }) => errors),
  ];
}
