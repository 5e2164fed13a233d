import { memo } from '../memo.js';
import { AnchoredExpression } from './anchored-expression.js';
import { ANYTHING, areEqual, examplesOf, joined, known, mapped, type PartlyKnown } from './partly-known.js';
import type { Relabeling } from './relabel-config.js';

/** The labels of a target, as far as they are known. A label that a target does not have is empty. */
export type Labels = (name: string) => PartlyKnown;

/** What becomes of a target. */
export type Outcome =
  | {
      readonly result: 'dropped';
      /** The number of the step that drops it, from 0; undefined where the steps leave it without an address. */
      readonly step: number | undefined;
      /** Its labels before that step. */
      readonly labels: Labels;
    }
  | {
      /** `undecided` where labels decide that are not known. */
      readonly result: 'kept' | 'undecided';
      /** Its labels in the end. */
      readonly labels: Labels;
    };

/** Where the scrape goes: a target without it is dropped. */
export const ADDRESS = '__address__';

/** Takes a target through relabelling as Prometheus does (model/relabel). */
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

/** One step, on the labels that it finds. */
class Step {
  private readonly value = memo(() => {
    const { sourceLabels = [], separator = ';' } = this.relabeling;
    return joined(sourceLabels.map(this.found), separator);
  });

  private readonly expression = memo(() => {
    try {
      return AnchoredExpression.of(this.relabeling.regex ?? '(.*)');
    } catch {
      return undefined; // a finding by itself; nobody knows what was meant
    }
  });

  constructor(
    private readonly relabeling: Relabeling,
    private readonly found: Labels,
  ) {}

  /** Whether it leaves the target; undefined where that is not known. */
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

  /** @param name may have groups in it: any label that may be meant is then unknown */
  private written(name: string, value: () => PartlyKnown): Labels {
    const [start = '', ...references] = name.split('$', 2);
    const once = memo(value);
    if (references.length === 0) return (label) => (label === name ? once() : this.found(label));
    // Names that begin with __ are Prometheus' own, and nobody makes them of groups alone.
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

/** The results as one text, where each contains its example of the one unknown part between the same two texts. */
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
