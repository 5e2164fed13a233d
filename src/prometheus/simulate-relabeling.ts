import { memo } from '../memo.js';
import { AnchoredExpression } from './anchored-expression.js';
import { ANYTHING, areEqual, examplesOf, joined, known, mapped, type PartlyKnown } from './partly-known.js';
import type { Relabeling } from './relabel-config.js';

/** The labels of a target, as far as they are known. A label that a target does not have is empty. */
export type Labels = (name: string) => PartlyKnown;

/** The result of relabelling a target. */
export type Outcome =
  | {
      readonly result: 'dropped';
      /** Index of the step that drops it, from 0; undefined if the steps remove its address. */
      readonly step: number | undefined;
      /** Its labels before that step. */
      readonly labels: Labels;
    }
  | {
      /** `undecided` if it depends on labels that are not known. */
      readonly result: 'kept' | 'undecided';
      /** Its labels after the last step. */
      readonly labels: Labels;
    };

/** The label with the address of the scrape. Prometheus drops a target without it. */
export const ADDRESS = '__address__';

/** Relabels a target as Prometheus does (model/relabel). */
export function simulateRelabeling(relabelings: readonly Relabeling[], target: Labels): Outcome {
  let labels = target;
  let isDecided = true;
  for (const [i, relabeling] of relabelings.entries()) {
    const step = new Step(relabeling, labels);
    const isKept = step.keeps();
    if (isKept === false) return { result: 'dropped', step: i, labels };
    isDecided &&= isKept === true;
    labels = step.labels();
  }
  if (known(labels(ADDRESS)) === '') return { result: 'dropped', step: undefined, labels };
  return { result: isDecided ? 'kept' : 'undecided', labels };
}

/** One step, applied to the labels before it. */
class Step {
  private readonly value = memo(() => {
    const { sourceLabels = [], separator = ';' } = this.relabeling;
    return joined(sourceLabels.map(this.found), separator);
  });

  private readonly expression = memo(() => {
    try {
      return AnchoredExpression.of(this.relabeling.regex ?? '(.*)');
    } catch {
      return undefined; // has a diagnostic of its own; the intended expression is not known
    }
  });

  constructor(
    private readonly relabeling: Relabeling,
    private readonly found: Labels,
  ) {}

  /** Whether it keeps the target; undefined if that is not known. */
  keeps(): boolean | undefined {
    const { action, targetLabel = '' } = this.relabeling;
    const isEqual = () => areEqual(this.found(targetLabel), this.value());
    switch (action) {
      case 'keep':
        return this.matches(this.value());
      case 'drop':
        return not(this.matches(this.value()));
      case 'keepequal':
        return isEqual();
      case 'dropequal':
        return not(isEqual());
      default:
        return true;
    }
  }

  /** The labels after it. */
  labels(): Labels {
    const { action = 'replace', targetLabel = '', replacement = '$1' } = this.relabeling;
    switch (action) {
      case 'replace':
        return this.written(targetLabel, () => this.replaced());
      case 'hashmod':
        return this.written(targetLabel, () => ANYTHING);
      case 'lowercase':
        return this.written(targetLabel, () => mapped(this.value(), (part) => part.toLowerCase()));
      case 'uppercase':
        return this.written(targetLabel, () => mapped(this.value(), (part) => part.toUpperCase()));
      case 'labelmap':
        return this.written(replacement, () => ANYTHING);
      case 'labeldrop':
        return this.without((name) => this.matches([name]));
      case 'labelkeep':
        return this.without((name) => not(this.matches([name])));
      default:
        return this.found;
    }
  }

  private matches(text: PartlyKnown): boolean | undefined {
    return this.expression()?.matches(text);
  }

  /** @param name may contain groups: then every label that it could write is unknown */
  private written(name: string, value: () => PartlyKnown): Labels {
    const [start = '', ...references] = name.split('$', 2);
    const once = memo(value);
    if (references.length === 0) return (label) => (label === name ? once() : this.found(label));
    // Names that begin with __ are Prometheus' own. A name of groups alone is assumed to write none of them.
    const isMeant = (label: string) => (start === '' ? !label.startsWith('__') : label.startsWith(start));
    return (label) => (isMeant(label) ? ANYTHING : this.found(label));
  }

  private without(isRemoved: (name: string) => boolean | undefined): Labels {
    return (label) => {
      const removed = isRemoved(label);
      return removed === undefined ? ANYTHING : removed ? [] : this.found(label);
    };
  }

  private replaced(): PartlyKnown {
    const { targetLabel = '', replacement = '$1' } = this.relabeling;
    const value = this.value();
    const isMatch = this.matches(value);
    if (isMatch === false) return this.found(targetLabel);
    if (isMatch === undefined) return ANYTHING;
    const examples = examplesOf(value);
    const results = examples.map((example) => this.expression()?.expand(replacement, example) ?? '');
    if (results.every((result, i) => result === examples[i])) return value;
    const [first = '', ...others] = results;
    return others.every((other) => other === first) ? [first] : (around(value, results) ?? ANYTHING);
  }
}

/** The results as one text, if each is its example of the one unknown part between the same two texts. */
function around(value: PartlyKnown, results: readonly string[]): PartlyKnown | undefined {
  const unknowns = value.filter((part) => typeof part !== 'string');
  const [unknown] = unknowns;
  if (unknown === undefined || unknowns.length > 1) return undefined;
  const [start, ...end] = (results[0] ?? '').split(unknown.examples[0] ?? '');
  if (start === undefined || end.length !== 1 || unknown.examples.includes('')) return undefined;
  const isSame = results.every((result, i) => result === `${start}${unknown.examples[i]}${end[0]}`);
  return isSame ? [start, unknown, ...end].filter((part) => part !== '') : undefined;
}

function not(truth: boolean | undefined): boolean | undefined {
  return truth === undefined ? undefined : !truth;
}
