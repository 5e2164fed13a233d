import { App } from 'cdk8s';
import { checkManifests } from '../src/checks/check-manifests.js';
import { identity } from '../src/checks/duplicates.js';
import { nameOf, type Finding, type Manifest } from '../src/checks/manifest.js';
import { fileAt, placeOf } from '../src/output/layout.js';
import { toYaml } from '../src/output/to-yaml.js';
import type { Values } from '../src/values/parse-values.js';
import { CHARTS } from './kinds.js';

/** One manifest file. */
export interface Synthesized {
  /** Where it stands in the output folder, without extension. */
  readonly place: string;
  readonly yaml: string;
  /** What the checks find wrong in them. */
  readonly findings: readonly Finding[];
}

/** Builds, checks and writes out one document at a time, so that thousands take no more memory than one. */
export function* synthesize(values: readonly Values[]): Generator<Synthesized> {
  const taken = new Map<string, string>();
  for (const { kind, props, environment } of values) {
    // cdk8s walks the whole App for each of its charts: an App each keeps the cost linear.
    const chart = new CHARTS[kind](new App(), props);
    const manifests = chart.toJson() as Manifest[];
    const place = placeOf({ name: props.name, environment });
    const findings = [...checkManifests(manifests), ...takenBefore(manifests, taken, place, environment)];
    yield { place, yaml: toYaml(manifests), findings };
  }
}

/**
 * Objects that another document has too: applied together, one would overwrite the other.
 * @param taken the objects so far → the place of their file
 */
function takenBefore(
  manifests: readonly Manifest[],
  taken: Map<string, string>,
  place: string,
  environment = '',
): Finding[] {
  return manifests.flatMap((manifest) => {
    const object = `${environment}\n${identity(manifest)}`;
    const other = taken.get(object) ?? place;
    taken.set(object, other);
    return other === place
      ? []
      : [
          {
            object: nameOf(manifest),
            message: `${fileAt(other)} has this object too; rename one application`,
          },
        ];
  });
}
