import type { LabelSelector } from './label-selector.js';

/** Finds labelled things by namespace and selector without looking at all of them. */
export class LabelIndex<Item> {
  private readonly byNamespace = new Map<string, Map<string, Item[]>>();

  constructor(
    items: readonly Item[],
    namespaceOf: (item: Item) => string,
    private readonly labelsOf: (item: Item) => Readonly<Record<string, string>>,
  ) {
    for (const item of items) {
      const namespace = entry(this.byNamespace, namespaceOf(item), () => new Map<string, Item[]>());
      entry(namespace, ALL, () => []).push(item);
      for (const label of Object.entries(labelsOf(item)))
        entry(namespace, label.join('='), () => []).push(item);
    }
  }

  /** @param namespaces those to look in; all when undefined */
  select(namespaces: readonly string[] | undefined, selector: LabelSelector): Item[] {
    return (namespaces ?? [...this.byNamespace.keys()]).flatMap((name) => {
      const [label = ALL] = selector.equalities;
      const candidates = this.byNamespace.get(name)?.get(label) ?? [];
      return candidates.filter((item) => selector.matches(this.labelsOf(item)));
    });
  }
}

/** No label is the empty text. */
const ALL = '';

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}
