/**
 * A text with parts that are known only in the cluster, such as `<an address>:9001`. An empty list is an empty text.
 */
export type PartlyKnown = readonly (string | Unknown)[];

/** An unknown part. */
export interface Unknown {
  /** Possible texts of this part, as different as possible. */
  readonly examples: readonly string[];
}

/** Any text. It may be empty. */
export const ANYTHING: PartlyKnown = [{ examples: ['', 'a', '10.0.0.1', 'web-7d4b9-x2v8Z_/:; {"ä"}'] }];

/** The address of a pod. */
export const HOST: Unknown = { examples: ['10.0.0.1', '192.168.201.254', '[fd00::1]'] };

/** The text if all of it is known; otherwise undefined. */
export function known(text: PartlyKnown): string | undefined {
  return text.every((part) => typeof part === 'string') ? text.join('') : undefined;
}

/** Examples of the text: one if all of it is known. */
export function examplesOf(text: PartlyKnown): string[] {
  const count = Math.max(1, ...text.map((part) => (typeof part === 'string' ? 1 : part.examples.length)));
  return Array.from({ length: count }, (_, i) =>
    text.map((part) => (typeof part === 'string' ? part : part.examples[i % part.examples.length])).join(''),
  );
}

/** Texts with a separator between them. */
export function joined(texts: readonly PartlyKnown[], separator: string): PartlyKnown {
  return texts.flatMap((text, i) => (i === 0 ? text : [separator, ...text]));
}

/** The text with each known part changed. An unknown part becomes any text. */
export function mapped(text: PartlyKnown, change: (part: string) => string): PartlyKnown {
  return text.flatMap((part) => (typeof part === 'string' ? [change(part)] : ANYTHING));
}

/** Whether two texts are equal; undefined if that is not known. */
export function areEqual(one: PartlyKnown, other: PartlyKnown): boolean | undefined {
  const [a, b] = [known(one), known(other)];
  return a === undefined || b === undefined ? undefined : a === b;
}
