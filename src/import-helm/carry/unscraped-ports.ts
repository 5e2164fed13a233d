import { scalarText } from '../../diagnostics/scalar-text.js';
import { mapAt, type Manifest } from '../../kubernetes/manifest.js';
import { SCRAPED_ELSEWHERE } from '../../kubernetes/scraped-elsewhere.js';
import type { ReleaseObject } from '../release-object.js';
import { METRICS_PORT } from '../monitors.js';
import type { Release } from '../release.js';
import { variable } from './carry-env.js';
import { releaseOfPods } from './pods-of.js';

/** The annotation that tells the checks that no metrics port is missing. */
export const ANNOTATIONS = Object.fromEntries([SCRAPED_ELSEWHERE]);

/**
 * Whether the environment of pods beside the web pods gives workers metrics ports that the chart does not scrape: Celery
 * workers often have the whole environment of the web pods.
 */
export function hasUnscrapedPorts(object: ReleaseObject, release: Release): boolean {
  const { container } = releaseOfPods(object, release);
  const isNumber = (name: string) => /^[0-9]+$/.test(scalarText(variable(container, name)?.value));
  return (
    isNumber('METRICS_START_PORT') &&
    isNumber('WEB_CONCURRENCY') &&
    !container.at('ports').items.some(({ map }) => METRICS_PORT.test(scalarText(map['name'])))
  );
}

/** The manifest of an object beside the web pods, with that annotation if it needs it. */
export function checkedManifest(object: ReleaseObject, release: Release): Manifest {
  const { manifest } = object;
  if (!hasUnscrapedPorts(object, release)) return manifest;
  const metadata = mapAt(manifest, 'metadata');
  const annotations = { ...mapAt(metadata, 'annotations'), ...ANNOTATIONS };
  return { ...manifest, metadata: { ...metadata, annotations } };
}
