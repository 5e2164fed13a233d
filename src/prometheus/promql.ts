import type { PrometheusDuration } from './prometheus-duration.js';

/** A PromQL expression. Every part is from our code or quoted: a user's text cannot change the expression. */
export class Promql {
  /** @internal for the functions of this file */
  constructor(private readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

/**
 * Writes an expression: promql`sum(${selector('up', labels)}) < ${5}`. Values are expressions or numbers, never texts.
 */
export function promql(parts: TemplateStringsArray, ...values: readonly (Promql | number)[]): Promql {
  return new Promql(String.raw({ raw: parts }, ...values.map(String)));
}

/** The range of a range vector, as in `rate(…[5m])`. */
export function range(duration: PrometheusDuration): Promql {
  return new Promql(`[${duration}]`);
}

/** A vector selector: `up{job="web",status=~"5.."}`. */
export function selector(metric: string, ...matchers: readonly Matcher[]): Promql {
  if (!METRIC_NAME.test(metric)) throw new RangeError(`not the name of a metric: ${quoted(metric)}`);
  return new Promql(`${metric}{${matchers.join(',')}}`);
}

/** A grouping: `by (namespace, job)`. */
export function by(...labels: readonly string[]): Promql {
  const wrong = labels.find((label) => !LABEL_NAME.test(label) || NO_GROUPING.test(label));
  if (wrong !== undefined) throw new RangeError(`no label to group by: ${quoted(wrong)}`);
  return new Promql(`by (${labels.join(', ')})`);
}

/** One condition on a label. */
export class Matcher {
  static equal(label: string, value: string): Matcher {
    return new Matcher(label, '=', value);
  }

  /** @param regex in RE2 syntax; it must match the whole value */
  static regex(label: string, regex: string): Matcher {
    return new Matcher(label, '=~', regex);
  }

  private constructor(
    private readonly label: string,
    private readonly operator: '=' | '=~',
    private readonly value: string,
  ) {
    if (!LABEL_NAME.test(label)) throw new RangeError(`not the name of a label: ${quoted(label)}`);
  }

  toString(): string {
    return `${this.label}${this.operator}${quoted(this.value)}`;
  }
}

const METRIC_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** Names of labels that cannot be in `by (…)`: PromQL reads them as numbers or as a keyword. */
export const NO_GROUPING = /^(nan|inf|without)$/i;

/** A string literal of PromQL, with Go's escapes. */
export function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}
