import { App, type Chart } from 'cdk8s';
import { checkManifests } from '../src/checks/check-manifests.js';
import type { Finding, Manifest } from '../src/checks/manifest.js';
import { placeOf } from '../src/output/layout.js';
import { toYaml } from '../src/output/to-yaml.js';
import { InvalidPropsError } from '../src/problems/invalid-props.js';
import { formatPath } from '../src/problems/problem.js';
import type { Kind } from '../src/values/kinds.js';
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
export async function* synthesize(values: readonly Values[]): AsyncGenerator<Synthesized> {
  for (const document of values) {
    const { kind, props, environment } = document;
    const place = placeOf({ name: props.name, environment });
    try {
      const manifests = (await chart(document)).toJson() as Manifest[];
      yield { place, yaml: toYaml(manifests), findings: checkManifests(manifests) };
    } catch (error) {
      if (!(error instanceof InvalidPropsError)) throw error;
      // What only a foreign schema can tell, such as the operator's of what the user wrote in its words.
      const object = `${kind} ${props.name}`;
      const findings = error.problems.map(({ path, message }) => ({
        object,
        field: formatPath(path),
        message,
      }));
      yield { place, yaml: '', findings };
    }
  }
}

/** cdk8s walks the whole App for each of its charts: an App each keeps the cost linear. */
async function chart<K extends Kind>({ kind, props }: Values<K>): Promise<Chart> {
  const ChartOfKind = await CHARTS[kind]();
  return new ChartOfKind(new App(), props);
}
