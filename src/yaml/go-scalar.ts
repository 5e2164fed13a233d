import { boolYaml11Tag, floatCoreTag, NOT_RESOLVED, nullYaml11Tag } from 'js-yaml';

/**
 * Resolves a scalar without quotes as go-yaml v2 does, the parser of kubectl, Helm, Argo CD and Flux: YAML 1.1's booleans,
 * numbers as Go's `strconv.ParseInt` with base 0 after removing `_`, no base 60, and timestamps as text.
 *
 * @see https://github.com/yaml/go-yaml/blob/v2.4.2/resolve.go
 */
export function resolveGoScalar(text: string): string | number | boolean | null {
  if (!MAYBE_NO_TEXT.test(text)) return text;
  for (const { resolve, tagName } of [nullYaml11Tag, boolYaml11Tag]) {
    const value = resolve(text, false, tagName);
    if (value !== NOT_RESOLVED) return value as boolean | null;
  }
  if (INFINITE.test(text)) return floatCoreTag.resolve(text, false, floatCoreTag.tagName) as number;
  return goNumber(text) ?? text;
}

/** First characters of scalars that may not be text. */
const MAYBE_NO_TEXT = /^(?:[-+.0-9~ynftoYNFTO]|$)/;

const INFINITE = /^[-+]?\.(?:inf|Inf|INF)$|^\.(?:nan|NaN|NAN)$/;

const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/** An octal number needs no `o`. A sign may follow `0b`: go-yaml parses it in a second attempt. */
const INTEGER =
  /^([-+]?)(?:(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+|0|[1-9][0-9]*)|0([0-7]+)|(0b)([-+])([01]+))$/;

/** After a dot, `_` is removed only between digits. */
const NOT_BETWEEN_DIGITS = /(?<![0-9])_|_(?![0-9])/;

/** More digits than a 64-bit number has in any base. */
const MOST_DIGITS = 100;

const LARGEST = 2n ** 64n - 1n;
const SMALLEST = -(2n ** 63n);

function goNumber(text: string): number | undefined {
  if (!/^[-+.0-9]/.test(text)) return undefined;
  if (text.startsWith('.') && NOT_BETWEEN_DIGITS.test(text)) return undefined;
  const plain = text.replaceAll('_', '');
  const integer = goInteger(plain);
  if (integer !== undefined) return integer;
  const value = FLOAT.test(plain) ? Number(plain) : NaN;
  return Number.isFinite(value) ? value : undefined;
}

function goInteger(plain: string): number | undefined {
  if (plain.length > MOST_DIGITS) return undefined;
  const [, sign = '', digits, octal, binary, innerSign = '', bits] = INTEGER.exec(plain) ?? [];
  const written = digits ?? (octal === undefined ? binary && `${binary}${bits}` : `0o${octal}`);
  if (written === undefined || (sign !== '' && innerSign !== '')) return undefined;
  const value = BigInt(written) * (sign === '-' || innerSign === '-' ? -1n : 1n);
  return value > LARGEST || value < SMALLEST ? undefined : Number(value);
}

/** The value of a scalar with a tag, with or without quotes; undefined if the tag does not allow it. */
export function goTaggedScalar(tag: string, text: string): unknown {
  const name = /^(?:!!|!<tag:yaml\.org,2002:)([a-z]+)>?$/.exec(tag)?.[1];
  const value = resolveGoScalar(text);
  switch (name) {
    case 'binary':
      return BASE64.test(text.replaceAll(/[\r\n]/g, '')) ? Buffer.from(text, 'base64').toString() : undefined;
    case 'null':
      return value === null ? null : undefined;
    case 'bool':
      return typeof value === 'boolean' ? value : undefined;
    case 'int':
      return Number.isInteger(value) && goInteger(text.replaceAll('_', '')) !== undefined ? value : undefined;
    case 'float':
      return typeof value === 'number' ? value : undefined;
    default:
      return text;
  }
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
