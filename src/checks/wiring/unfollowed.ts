import { isMap, listAt, nameOf, type Manifest } from '../../kubernetes/manifest.js';

/** Kinds of other products that scrape pods or Services. */
const KINDS = new Set<unknown>([
  'VMServiceScrape',
  'VMPodScrape',
  'VMScrapeConfig',
  'PodMonitoring',
  'ClusterPodMonitoring',
]);

/** Returns the objects that configure scrapes and that the checks don't evaluate. */
export function unfollowedScrapers(manifests: readonly Manifest[]): string[] {
  return manifests.filter((manifest) => KINDS.has(manifest['kind']) || isScrapeConfig(manifest)).map(nameOf);
}

function isScrapeConfig(manifest: Manifest): boolean {
  if (manifest['kind'] !== 'ScrapeConfig') return false;
  const { spec } = manifest;
  return (
    isMap(spec) && Object.keys(spec).some((key) => key.endsWith('Configs') && listAt(spec, key).length > 0)
  );
}
