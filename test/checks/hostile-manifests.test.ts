import { trace } from '../../src/checks/trace/trace.js';
import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import type { Manifest } from '../../src/kubernetes/manifest.js';
import { reportPage } from '../../src/report/page.js';
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

test('a map with the key toString in place of any value gives diagnostics and a page', () => {
  const good = manifestsOf(shop({ workers: 2, http: { healthPath: '/up' } })).all;
  for (const path of pathsIn(good).filter(({ length }) => length > 1)) {
    const changed: Loose = structuredClone(good);
    const parent = path.slice(0, -1).reduce((inner: Loose, key) => inner[key], changed);
    parent[path.at(-1) ?? ''] = HOSTILE;
    const traced = { name: 'production', manifests: changed as Manifest[], ...trace(changed as Manifest[]) };
    expect(traced.diagnostics.map(formatDiagnostic)).toBeDefined();
    expect(reportPage([traced]).html).toContain('</html>');
  }
});
