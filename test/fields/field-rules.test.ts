import { expect, test } from '@jest/globals';
import * as z from 'zod';
import { problemsIn } from '../../src/fields/field-rules.js';
import { madeUnchangeable } from '../../src/fields/unchangeable.js';
import { parseValues } from '../../src/values/parse-values.js';

interface Props {
  workers: number;
}

/** Judges props, and counts how often a rule is asked. */
function judge() {
  const schema: z.ZodType<Props> = z.object({ workers: z.number().min(1, 'too few') });
  let asked = 0;
  const rule = { reads: ['workers'], problems: () => (asked++, []) };
  return { problems: (value: unknown) => problemsIn(schema, [rule], value), asked: () => asked };
}

test('what was found right and cannot change is not judged again', () => {
  const { problems, asked } = judge();
  const props = madeUnchangeable({ workers: 5 });
  expect([problems(props), problems(props)]).toEqual([[], []]);
  expect(asked()).toBe(1);
});

test.each([
  ['what can change', (props: Props) => props],
  ['what somebody else has frozen', (props: Props) => Object.freeze(props)],
])('%s is judged each time', (_what, given) => {
  const { problems, asked } = judge();
  const props = given({ workers: 5 });
  problems(props);
  problems(props);
  expect(asked()).toBe(2);
});

test('what is right for one schema is judged by another', () => {
  const props = madeUnchangeable({ workers: 5 });
  const [one, another] = [judge(), judge()];
  one.problems(props);
  another.problems(props);
  expect(another.asked()).toBe(1);
});

test('what is wrong is told each time', () => {
  const { problems } = judge();
  const props = madeUnchangeable({ workers: 0 });
  expect([problems(props), problems(props)].flat()).toHaveLength(2);
});

test('nothing of the props that values give can be changed', () => {
  const text =
    'name: shop\nimage: e/shop\nworkers: 2\nhttp: &http { port: 8000 }\nenv: { A: { secret: s, key: k } }\n';
  const { values } = parseValues([{ file: 'shop.yaml', text }]);
  const everything = (value: unknown): unknown[] =>
    typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(everything)] : [];
  const maps = values.flatMap(({ props }) => everything(props));
  expect(maps).toHaveLength('props http env A'.split(' ').length);
  expect(maps.filter((map) => !Object.isFrozen(map))).toEqual([]);
});
