import { App } from 'cdk8s';
import { checkManifests } from '../src/checks/check-manifests.js';
import type { Finding, Manifest } from '../src/checks/manifest.js';
import { placeOf } from '../src/output/layout.js';
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
  for (const { kind, props, environment } of values) {
    // cdk8s walks the whole App for each of its charts: an App each keeps the cost linear.
    const chart = new CHARTS[kind](new App(), props);
    const manifests = chart.toJson() as Manifest[];
    const place = placeOf({ name: props.name, environment });
    yield { place, yaml: toYaml(manifests), findings: checkManifests(manifests) };
  }
}
