import { type Diagnostic, errorAt } from '../src/diagnostics/diagnostic.js';
import { inspect } from '../src/diagnostics/expected.js';
import { isForDelivery, parentOf } from '../src/output/layout.js';
import { joinYaml } from '../src/output/to-yaml.js';
import { readValuesFor, type ValuesSelection } from '../src/values/read-values.js';
import type { Values } from '../src/values/parse-values.js';
import { problemsWith, synthesizeAll } from './synthesize-all.js';

/** The manifests of a run as one YAML stream: those of one folder, which are applied together. */
export interface ManifestStream {
  readonly text: string;
  readonly notes: readonly Diagnostic[];
  /** Number of manifest files for Argo CD or Flux: they are not in the stream, as another cluster may need them. */
  readonly forDelivery: number;
}

export async function manifestStream(
  selection: ValuesSelection,
): Promise<ManifestStream | { readonly problems: readonly Diagnostic[] }> {
  const { values, problems: wrong, notes: ofValues } = await readValuesFor(selection);
  const several = severalFolders(values);
  if (several.length > 0) return { problems: [...wrong, ...several] };
  if (wrong.length > 0) return { problems: await problemsWith(wrong, values) };
  const texts: string[] = [];
  let forDelivery = 0;
  const { problems, notes } = await synthesizeAll(values, ({ place, yaml }) => {
    if (isForDelivery(parentOf(place))) forDelivery += 1;
    else texts.push(yaml);
  });
  if (problems.length > 0) return { problems };
  return { text: joinYaml(texts), notes: [...ofValues, ...notes], forDelivery };
}

const MOST_NAMED = 5;

/** Environments have a cluster or namespace each: one stream would apply all of them to one. */
function severalFolders(values: readonly Values[]): Diagnostic[] {
  const environments = [...new Set(values.map(({ environment }) => environment))];
  if (environments.length <= 1) return [];
  const named = environments.filter((name) => name !== undefined).map((name) => inspect(name));
  const more = named.length > MOST_NAMED ? [`${named.length - MOST_NAMED} more`] : [];
  const without = environments.includes(undefined) ? ['applications without environments'] : [];
  const found = [...named.slice(0, MOST_NAMED), ...more, ...without];
  return [
    errorAt(
      { field: '--output' },
      `standard output takes the manifests of one environment, and these values describe ${found.join(', ')}`,
      `choose one with --environment${without.length > 0 ? ', or the files with --values' : ''}`,
    ),
  ];
}
