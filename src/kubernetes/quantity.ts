import { expected } from '../diagnostics/expected.js';
import { memoByText } from '../memo.js';
import { matches, type TextFormat } from './text-formats.js';

const SUFFIX = 'n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei';

/** Amounts of a resource (k8s.io/apimachinery resource.Quantity) that are not negative. */
export const QUANTITY: TextFormat = {
  what: 'a quantity such as 500m, 0.5, 256Mi or 2Gi',
  pattern: new RegExp(
    `^[+]?([0-9]{1,15}([.][0-9]{0,6})?|[.][0-9]{1,6})(${SUFFIX}|[eE][+-]?([0-9]|1[0-8]))?$`,
  ),
  maxLength: 32,
};

/** The fix of a quantity with a unit in another notation: `512MB`, `20gb`, `2 Gi`. */
export function quantityHint(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const [, amount = '', unit = ''] =
    /^([0-9]{1,15}(?:[.][0-9]{1,6})?) *([kmgtpe])(?:i?b?)$/i.exec(value) ?? [];
  if (amount === '' || (unit === 'm' && value.endsWith('m'))) return undefined;
  return `write ${amount}${unit.toUpperCase()}i`;
}

/** Every quantity that Kubernetes accepts, for checks of other programs' manifests. It ignores spaces at the ends. */
export const ANY_QUANTITY: TextFormat = {
  what: QUANTITY.what,
  pattern: new RegExp(`^\\s*[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)(${SUFFIX}|[eE][+-]?[0-9]+)?\\s*$`),
};

const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
/** Decimal suffixes. Each is a thousand times the one before. */
const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];

/** An amount of a resource: `500m` of a CPU, `256Mi` of memory. */
export class Quantity {
  /** Keeps the text as written. @throws RangeError if the text is not a quantity */
  static parse(text: string | number): Quantity {
    const quantity = Quantity.read(text);
    if (quantity === undefined) throw new RangeError(expected(QUANTITY.what, text));
    return quantity;
  }

  /** Returns undefined if the value is not a quantity. */
  static read(value: unknown): Quantity | undefined {
    if (typeof value === 'number') return Quantity.ofText(String(value));
    return typeof value === 'string' ? Quantity.ofText(value) : undefined;
  }

  private static readonly ofText = memoByText((written) => {
    if (!matches(QUANTITY, written)) return undefined;
    const [, whole = '', fraction = '', unit = ''] = /^[+]?([0-9]*)[.]?([0-9]*)(.*)$/.exec(written) ?? [];
    const nanos = divided(BigInt(whole + fraction) * nanosOf(unit), 10n ** BigInt(fraction.length));
    const amount = (whole.replace(/^0+(?=[0-9])/, '') || '0') + (fraction === '' ? '' : `.${fraction}`);
    return new Quantity(nanos, BINARY.includes(unit), amount + unit);
  });

  static mebibytes(amount: number): Quantity {
    return Quantity.parse(`${amount}Mi`).times(1);
  }

  /** An amount in thousandths of a CPU. */
  static millicpu(amount: number): Quantity {
    return Quantity.parse(`${amount}m`).times(1);
  }

  /** The amount in the resource's base unit: CPUs or bytes. */
  readonly value: number;

  private constructor(
    private readonly nanos: bigint,
    private readonly isBinary: boolean,
    private readonly text: string,
  ) {
    this.value = Number(nanos) / Number(NANOS);
  }

  /** A multiple in canonical form: the API server rewrites other forms. @param factor a whole number */
  times(factor: number): Quantity {
    const nanos = this.nanos * BigInt(factor);
    return new Quantity(nanos, this.isBinary, canonical(nanos, this.isBinary));
  }

  /** The text as written; canonical form if the amount was computed. */
  toString(): string {
    return this.text;
  }
}

const NANOS = 10n ** 9n;

function nanosOf(unit: string): bigint {
  if (BINARY.includes(unit)) return NANOS * 1024n ** BigInt(BINARY.indexOf(unit) + 1);
  if (DECIMAL.includes(unit)) return 1000n ** BigInt(DECIMAL.indexOf(unit));
  const exponent = Number(unit.slice(1));
  return exponent < -9 ? 1n : 10n ** BigInt(9 + exponent);
}

/** Rounds up, as Kubernetes does. */
function divided(number: bigint, divisor: bigint): bigint {
  return (number + divisor - 1n) / divisor;
}

/** The amount without a fraction, with the largest suffix that allows it (apimachinery, Quantity.CanonicalizeBytes). */
function canonical(nanos: bigint, isBinary: boolean): string {
  if (nanos === 0n) return '0';
  if (isBinary && nanos % NANOS === 0n && nanos >= 1024n * NANOS)
    return withSuffix(nanos / NANOS, 1024n, ['', ...BINARY]);
  return withSuffix(nanos, 1000n, DECIMAL);
}

function withSuffix(amount: bigint, step: bigint, suffixes: readonly string[]): string {
  let left = amount;
  let suffix = 0;
  for (; left % step === 0n && suffix < suffixes.length - 1; suffix++) left /= step;
  return `${left}${suffixes[suffix]}`;
}
