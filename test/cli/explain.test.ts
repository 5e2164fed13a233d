import { Workplace } from './command-line.js';

let place: Workplace;
beforeEach(() => (place = new Workplace()));
afterEach(() => place.remove());

test('explain shows every value with its place, lists as they are written', async () => {
  const values = place.write(
    'values/shop.yaml',
    'name: shop\nimage: a/b:1\nworkers: 2\nmetrics: { podLabels: [team] }\n',
  );
  const { exitCode, stdout } = await place.run('explain', 'shop', '--values', values);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^shop\n/);
  expect(stdout).toMatch(/^workers +2 +values\/shop\.yaml:3$/m);
  expect(stdout).toMatch(/^metrics\.podLabels +\["team"\] +values\/shop\.yaml:4$/m);
  expect(stdout).toMatch(/^metrics\.startPort +8001 +default$/m);
});
