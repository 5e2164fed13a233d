import type { FieldText } from './difference-text.js';

// Changes of many items of a list, such as the metrics ports of 40 workers, are one line: their texts differ by a number that
// counts up. The first and the last text tell all between them.

/** Fewest changes in one line. */
const FEWEST = 3;

/** Changes with the same texts but for their numbers. */
interface Series {
  readonly all: FieldText[];
  /** The numbers in the texts of the last change. */
  last: readonly number[];
  /** By how much each number grows from one change to the next: 0 or 1. @default - unknown, of the first change */
  steps?: readonly number[];
}

/** The changes, a series of at least three as one, in the place of its first. */
export function withoutSeries(fields: readonly FieldText[]): FieldText[] {
  const open = new Map<string, Series>();
  const found: Series[] = [];
  for (const field of fields) {
    const form = formOf(field).replaceAll(NUMBER, '#');
    const numbers = [...formOf(field).matchAll(NUMBER)].map(([number]) => Number(number));
    const series = NUMBERED_ITEM.test(field.field) ? open.get(form) : undefined;
    if (series !== undefined && continues(series, numbers)) series.all.push(field);
    else {
      const next: Series = { all: [field], last: numbers };
      open.set(form, next);
      found.push(next);
    }
  }
  return found.flatMap(({ all }) => (all.length < FEWEST ? all : [inOne(all)]));
}

const NUMBER = /[0-9]+/g;

/** The path of an item of a list with a number in its name. Keys of a map are in quotes. */
const NUMBERED_ITEM = /\[[^"\]]*[0-9]/;

function formOf(field: FieldText): string {
  return JSON.stringify([field.field, field.before ?? null, field.after ?? null]);
}

/** Whether the numbers follow the last ones of a series. Then they are the last. */
function continues(series: Series, numbers: readonly number[]): boolean {
  const steps = numbers.map((number, i) => number - (series.last[i] ?? Number.NaN));
  const expected = series.steps ?? steps;
  if (!steps.every((step, i) => step === expected[i] && (step === 0 || step === 1))) return false;
  if (steps.every((step) => step === 0)) return false;
  series.steps = steps;
  series.last = numbers;
  return true;
}

/** The first and the last change of a series as one. */
function inOne(all: readonly FieldText[]): FieldText {
  const [first, last] = [all[0], all.at(-1)] as [FieldText, FieldText];
  const both = (one: string, other = one) => (one === other ? one : `${one} … ${other}`);
  return {
    field: `${both(first.field, last.field)} (${all.length} fields)`,
    ...(first.before !== undefined && { before: both(first.before, last.before) }),
    ...(first.after !== undefined && { after: both(first.after, last.after) }),
  };
}
