import { parseValues } from '../../src/values/parse-values.js';

const SHOP = 'name: shop\nimage: example/shop\nworkers: 5\n';

/** The hints on the problems of an application with more lines. */
export function hintsOn(lines: string, others = SHOP): (string | undefined)[] {
  return parseValues([{ file: 'f', text: `${others}${lines}\n` }]).problems.map(({ hint }) => hint);
}
