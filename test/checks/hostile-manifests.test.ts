import { trace } from '../../src/checks/trace/trace.js';
import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import { shop } from '../a-worker-app.js';
import { manifestsOf, type Loose } from '../manifests-of.js';

/** `String` and `Number` of this map throw. */
const HOSTILE = { toString: null };

/** The paths of all values in a value. */
function pathsIn(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [[]];
  return [
    [],
    ...Object.entries(value).flatMap(([key, inner]) => pathsIn(inner).map((path) => [key, ...path])),
  ];
}

test('a map with the key toString in place of any value gives diagnostics', () => {
  const good = manifestsOf(shop({ workers: 2, http: { healthPath: '/up' } })).all;
  for (const path of pathsIn(good).filter(({ length }) => length > 1)) {
    const changed: Loose = structuredClone(good);
    const parent = path.slice(0, -1).reduce((inner: Loose, key) => inner[key], changed);
    parent[path.at(-1) ?? ''] = HOSTILE;
    expect(trace(changed).diagnostics.map(formatDiagnostic)).toBeDefined();
  }
});
