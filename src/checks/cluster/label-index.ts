import { isReplacedLater } from '../../kubernetes/replaced-later.js';
import { memo } from '../../memo.js';
import type { LabelSelector } from './label-selector.js';

/** Finds labelled items by namespace and selector without a scan of all items. */
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

  /** @param namespaces the namespaces to search; undefined for all */
  select(namespaces: readonly string[] | undefined, selector: LabelSelector): Item[] {
    return (namespaces ?? [...this.byNamespace.keys()]).flatMap((name) => {
      const labels = selector.equalities.length > 0 ? selector.equalities : [ALL];
      const candidates = labels.map((label) => this.byNamespace.get(name)?.get(label) ?? []);
      return shortest(candidates).filter((item) => selector.matches(this.labelsOf(item)));
    });
  }

  /**
   * The items that the selector may match: Flux replaces a variable in their labels or in the selector. With the first
   * variable.
   */
  selectOpen(namespaces: readonly string[] | undefined, selector: LabelSelector): [Item, string][] {
    const hasVariable = selector.accepted().some(({ value }) => isReplacedLater(value));
    return (namespaces ?? [...this.byNamespace.keys()]).flatMap((name) => {
      const items = hasVariable ? this.byNamespace.get(name)?.get(ALL) : this.withVariables().get(name);
      return (items ?? []).flatMap((item): [Item, string][] => {
        const variable = selector.openIn(this.labelsOf(item));
        return variable === undefined ? [] : [[item, variable]];
      });
    });
  }

  /** The items with a variable in a label, by namespace. */
  private readonly withVariables = memo(
    () =>
      new Map(
        [...this.byNamespace].map(([name, items]) => [
          name,
          (items.get(ALL) ?? []).filter((item) => Object.values(this.labelsOf(item)).some(isReplacedLater)),
        ]),
      ),
  );

  /** The values of a label. @param namespaces the namespaces to search; undefined for all */
  valuesOf(label: string, namespaces: readonly string[] | undefined): string[] {
    return (namespaces ?? [...this.byNamespace.keys()]).flatMap((name) =>
      (this.byNamespace.get(name)?.get(ALL) ?? []).flatMap((item) => {
        const labels = this.labelsOf(item);
        return Object.hasOwn(labels, label) ? (labels[label] ?? []) : [];
      }),
    );
  }
}

/** All applications of a fleet may share a label: the rarest label of a selector has the fewest candidates. */
function shortest<Item>(lists: readonly (readonly Item[])[]): readonly Item[] {
  return lists.reduce((a, b) => (b.length < a.length ? b : a));
}

/** The key of all items in a namespace. No label has this key. */
const ALL = '';

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}
