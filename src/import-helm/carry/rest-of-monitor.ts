import { NAME_LABEL } from '../../kubernetes/labels.js';
import { mapAt, textsAt, type Manifest } from '../../kubernetes/manifest.js';
import { matchesLabels } from '../monitors.js';
import { ObjectField } from '../release-object.js';
import type { Release } from '../release.js';
import { templateOf } from './pods-of.js';

/**
 * The monitor of the workers for the Services, or pods, that it selects beside those of the application: `metrics` makes it for the
 * application alone. Undefined if there are none.
 *
 * @param application its name, which all of its objects have as a label
 */
export function restOfMonitor(release: Release, application: string): Manifest | undefined {
  const { monitor } = release;
  if (monitor === undefined || othersOf(release, application).length === 0) return undefined;
  const { manifest } = monitor.object;
  const [metadata, spec] = [mapAt(manifest, 'metadata'), mapAt(manifest, 'spec')];
  const selector = mapAt(spec, 'selector');
  const given = Array.isArray(selector['matchExpressions'])
    ? (selector['matchExpressions'] as unknown[])
    : [];
  const matchExpressions = [...given, { key: NAME_LABEL, operator: 'NotIn', values: [application] }];
  const name = metadata['name'] === application ? `${application}-others` : metadata['name'];
  return {
    ...manifest,
    metadata: { ...metadata, name },
    spec: { ...spec, selector: { ...selector, matchExpressions } },
  };
}

/** The other Services or pods of the release that the monitor of the workers selects. */
function othersOf({ monitor, scraping, others }: Release, application: string): ObjectField[] {
  if (monitor === undefined || scraping?.isPerWorker !== true) return [];
  const isOfPods = monitor.map['kind'] === 'PodMonitor';
  return others
    .filter(({ manifest }) => isOfPods || manifest['kind'] === 'Service')
    .map((object) => (isOfPods ? templateOf(object) : new ObjectField(object)))
    .filter(
      (one) =>
        one.isSet &&
        matchesLabels(monitor, one) &&
        textsAt(one.value, 'metadata', 'labels')[NAME_LABEL] !== application,
    );
}
