import { at, mapAt, textAt, type Manifest } from './manifest.js';
import { expandReferences } from './variable-references.js';
import { isReplacedLater } from './replaced-later.js';

/**
 * Environment variables as a container sees them, by name; undefined for values that its entries don't contain.
 * @param entries the field `env` of the container
 */
export function containerVariables(entries: readonly Manifest[]): ReadonlyMap<string, string | undefined> {
  const names = new Set(entries.map((entry) => textAt(entry, 'name') ?? ''));
  const env = new Map<string, string | undefined>();
  for (const entry of entries) env.set(textAt(entry, 'name') ?? '', literal(entry, env, names));
  return env;
}

type Variables = ReadonlyMap<string, string | undefined>;

function literal(entry: Manifest, earlier: Variables, all: ReadonlySet<string>): string | undefined {
  if (Object.keys(mapAt(entry, 'valueFrom')).length > 0) return undefined;
  const value = at(entry, 'value') ?? '';
  return typeof value === 'string' && !isReplacedLater(value) ? expanded(value, earlier, all) : undefined;
}

/**
 * Expands references as Kubernetes does: to earlier variables. References to later ones stay as text. Other references
 * make the value unknown: they may be Service variables, or replaced by kustomize.
 */
function expanded(text: string, earlier: Variables, all: ReadonlySet<string>): string | undefined {
  let isKnown = true;
  const value = expandReferences(text, (name) => {
    const found = !earlier.has(name) && all.has(name) ? `$(${name})` : earlier.get(name);
    isKnown &&= found !== undefined;
    return found ?? '';
  });
  return isKnown ? value : undefined;
}
