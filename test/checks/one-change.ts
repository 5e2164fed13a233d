import { checkManifests } from '../../src/checks/check-manifests.js';
import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import { shop } from '../a-worker-app.js';
import { manifestsOf, type ShopManifests } from '../manifests-of.js';

type Change = (shop: ShopManifests) => unknown;

/** One thing that is changed in good manifests, in words and as it is done; and what is found then. */
export type DiagnosticCase = [string, Change, ...string[]];

/** One thing that is changed, and is as good as before. */
export type FineCase = [string, Change];

/** What the checks find once one thing in good manifests is changed. */
export function afterwards(change: Change): string[] {
  const good = manifestsOf(shop({ workers: 2, http: { healthPath: '/up' } }));
  change(good);
  return checkManifests(good.all).map(formatDiagnostic);
}
