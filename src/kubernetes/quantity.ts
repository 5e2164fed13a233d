import { expected } from '../diagnostics/expected.js';
import { keeps, type TextRule } from './text-rules.js';

/** Amounts of a resource (k8s.io/apimachinery resource.Quantity), without sign or exponent. */
export const QUANTITY: TextRule = {
  what: 'a quantity such as 500m, 0.5, 256Mi or 2Gi',
  pattern: /^([0-9]{1,15}(\.[0-9]{0,6})?|\.[0-9]{1,6})(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$/,
  maxLength: 32,
};

/** All that Kubernetes takes for one, in the manifests of others too. */
export const ANY_QUANTITY: TextRule = {
  what: QUANTITY.what,
  pattern: /^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][+-]?[0-9]+)?$/,
};

const MULTIPLES: Readonly<Record<string, number>> = {
  k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18,
  Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60,
}; // prettier-ignore

/** An amount of a resource as Kubernetes writes it: `500m` of a CPU, `256Mi` of memory. */
export class Quantity {
  /** @throws RangeError when the text is no quantity. */
  static parse(text: string | number): Quantity {
    const written = String(text);
    if (!keeps(QUANTITY, written)) throw new RangeError(expected(QUANTITY.what, text));
    const [, amount = '', unit = ''] = /^([0-9.]+)(.*)$/.exec(written) ?? [];
    return new Quantity(Number(amount), unit);
  }

  static mebibytes(amount: number): Quantity {
    return new Quantity(amount, 'Mi');
  }

  /** Thousandths of a CPU. */
  static millicpu(amount: number): Quantity {
    return new Quantity(amount, 'm');
  }

  private constructor(
    private readonly amount: number,
    private readonly unit: string,
  ) {}

  /** In the resource's base unit: CPUs, bytes. */
  get value(): number {
    // Divided, as 700 * 1e-3 is more than 0.7.
    return this.unit === 'm' ? this.amount / 1000 : this.amount * (MULTIPLES[this.unit] ?? 1);
  }

  times(factor: number): Quantity {
    return new Quantity(this.amount * factor, this.unit);
  }

  toString(): string {
    return `${this.amount}${this.unit}`;
  }
}
