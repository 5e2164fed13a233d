import { stringify } from 'yaml';
import { formatDiagnostic } from '../src/diagnostics/diagnostic.js';
import { parseValues } from '../src/values/parse-values.js';

/** The problems and notes of a values file of a shop: `error: replicas: …`. */
export function diagnosticsOf(props: object): string[] {
  const text = stringify({ name: 'shop', image: 'example.com/shop:v1', workers: 2, ...props });
  const { problems, notes } = parseValues([{ file: 'f', text }]);
  return [...problems, ...notes].map(
    (one) => `${one.severity}: ${formatDiagnostic(one).replace(/^f:\d+(:\d+)?: /, '')}`,
  );
}
