import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parseValues } from '../../src/values/parse-values.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

test('an application takes 8 KB until it is synthesised: its document is not kept', () => {
  const sources = (count: number) =>
    Array.from({ length: count }, (_, i) => ({
      file: `values/app-${i}.yaml`,
      text: `name: app-${i}\nimage: example/app\nworkers: 5\nenv: { LOG_LEVEL: info }\n`,
    }));
  parseValues(sources(20)); // makes the schemas
  const before = heap();
  const { values, problems } = parseValues(sources(500));
  expect((heap() - before) / values.length).toBeLessThan(8_000);
  expect(problems).toEqual([]);
});

function heap(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
