import type { RE2JS } from 're2js';
import type { PartlyKnown } from './partly-known.js';

/** An instruction of a compiled expression, as in Go's regexp/syntax. */
interface Instruction {
  readonly op: number;
  /** The next instruction. */
  readonly out: number;
  /** The second next instruction, if there are two. */
  readonly arg: number;
  matchRune(rune: number): boolean;
}

/** Go's InstOp. RE2JS counts it from 1. */
const OP = { alt: 1, altMatch: 2, fail: 5, match: 6, rune: 8, rune1: 9, runeAny: 10, runeAnyNotNewline: 11 };

/**
 * Whether an anchored expression matches for some value of the unknown parts. It follows the expression's automaton: a
 * known part by its characters, an unknown part by any characters. It assumes that assertions such as \b hold. So `true`
 * may be wrong, but `false` never is.
 */
export function mayMatch(expression: RE2JS, text: PartlyKnown): boolean {
  const { inst, start } = expression.re2Input.prog as { inst: readonly Instruction[]; start: number };
  const isChoice = ({ op }: Instruction) => op === OP.alt || op === OP.altMatch;
  const isRune = ({ op }: Instruction) => op >= OP.rune && op <= OP.runeAnyNotNewline;
  const takes = (instruction: Instruction, rune: number) =>
    instruction.op === OP.runeAny || instruction.op === OP.runeAnyNotNewline || instruction.matchRune(rune);

  const next = (...places: readonly number[]) => places.flatMap((place) => inst[place] ?? []);

  /** The instructions that can be reached from others: without a character, or with any characters. */
  function reached(from: readonly Instruction[], withAny = false): Instruction[] {
    const found = new Set<Instruction>();
    const ahead = [...from];
    for (let one = ahead.pop(); one !== undefined; one = ahead.pop()) {
      if (found.has(one)) continue;
      found.add(one);
      if (one.op === OP.match || one.op === OP.fail || (isRune(one) && !withAny)) continue;
      ahead.push(...(isChoice(one) ? next(one.out, one.arg) : next(one.out)));
    }
    return [...found];
  }

  let at = reached(next(start));
  for (const part of text) {
    if (typeof part !== 'string') at = reached(at, true);
    else
      for (const character of part) {
        const rune = character.codePointAt(0) ?? 0;
        at = reached(at.filter((one) => isRune(one) && takes(one, rune)).flatMap(({ out }) => next(out)));
      }
  }
  return at.some(({ op }) => op === OP.match);
}
