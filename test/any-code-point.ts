import fc from 'fast-check';

const SURROGATES = { first: 0xd800, count: 0x800 };

/**
 * Any code point that Unicode can encode: what fast-check calls a `binary` unit of a string. fast-check's own one first lists
 * the million of them, which takes a second in each test file.
 */
export const anyCodePoint = fc.integer({ min: 0, max: 0x10ffff - SURROGATES.count }).map(
  (index) => String.fromCodePoint(index < SURROGATES.first ? index : index + SURROGATES.count),
  (text) => {
    const code = typeof text === 'string' && /^\P{Surrogate}$/u.test(text) ? text.codePointAt(0) : undefined;
    if (code === undefined) throw new Error('not a code point');
    return code < SURROGATES.first ? code : code - SURROGATES.count;
  },
);
