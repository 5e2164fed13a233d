import { expected } from '../diagnostics/expected.js';
import { matches, type TextFormat } from '../kubernetes/text-formats.js';
import { memoByText } from '../memo.js';

/** Durations in Prometheus' notation (prometheus/common model.ParseDuration; the operator's Duration), above zero. */
export const PROMETHEUS_DURATION: TextFormat = {
  what: 'a duration such as 15s, 1m30s or 2h (units y w d h m s ms in this order; above zero, below 292y)',
  pattern: /^(?=.*[1-9])([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$/,
};

const MILLISECONDS = {
  y: 31_536_000_000, w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1,
} as const; // prettier-ignore

/** A duration in Prometheus' notation. */
export class PrometheusDuration {
  /** @throws RangeError if the text is not a duration */
  static parse(text: string): PrometheusDuration {
    return PrometheusDuration.ofText(text);
  }

  private static readonly ofText = memoByText((text) => {
    if (!matches(PROMETHEUS_DURATION, text)) throw new RangeError(expected(PROMETHEUS_DURATION.what, text));
    let milliseconds = 0;
    for (const [, amount, unit] of text.matchAll(/([0-9]+)(ms|[ywdhms])/g)) {
      milliseconds += Number(amount) * MILLISECONDS[unit as keyof typeof MILLISECONDS];
    }
    if (milliseconds >= 292 * MILLISECONDS.y) throw new RangeError(expected(PROMETHEUS_DURATION.what, text));
    return new PrometheusDuration(text, milliseconds);
  });

  /** The shortest text for this many times the duration: 4 × 30s is 2m. */
  times(factor: number): PrometheusDuration {
    const milliseconds = this.milliseconds * factor;
    const [unit, length] = Object.entries(MILLISECONDS).find(([, size]) => milliseconds % size === 0) ?? [
      'ms',
      1,
    ];
    return PrometheusDuration.parse(`${milliseconds / length}${unit}`);
  }

  /** The duration for Go's time.ParseDuration, whose largest unit is the hour: 5d is 120h. */
  toGo(): string {
    let rest = this.milliseconds;
    return (['h', 'm', 's', 'ms'] as const)
      .map((unit) => {
        const amount = Math.floor(rest / MILLISECONDS[unit]);
        rest -= amount * MILLISECONDS[unit];
        return amount === 0 ? '' : `${amount}${unit}`;
      })
      .join('');
  }

  private constructor(
    private readonly text: string,
    readonly milliseconds: number,
  ) {}

  isLongerThan(other: PrometheusDuration): boolean {
    return this.milliseconds > other.milliseconds;
  }

  toString(): string {
    return this.text;
  }
}
