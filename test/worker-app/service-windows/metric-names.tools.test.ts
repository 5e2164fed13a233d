import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { metricPrefix } from '../../../src/worker-app/service-windows/metric-names.js';

test("a component's metrics have the names that the example's Python gives them", () => {
  const names = [
    'billing',
    'billing-api',
    '9to5',
    '_1',
    '計費',
    '💥',
    '',
    'a\nb',
    'é',
    '_hidden',
    '__a',
    '-a',
    'a\u0000',
  ];
  const more = fc.sample(fc.string({ unit: 'grapheme' }), { numRuns: 500, seed: 1 });
  const all = [
    ...names,
    ...more,
    ...fc.sample(fc.string({ unit: fc.constantFrom('_', '-', 'a', '1', ' ', 'Z') }), {
      numRuns: 200,
      seed: 2,
    }),
  ];
  const program =
    'import json, sys; from components.metric_names import metric_prefix; print(json.dumps([metric_prefix(n) for n in json.load(sys.stdin)]))';
  const { stdout, stderr, error } = spawnSync('python3', ['-B', '-c', program], {
    cwd: 'examples/django-app',
    input: JSON.stringify(all),
    encoding: 'utf8',
  });
  if (error)
    throw new Error('python3 is not installed; install it with: apt-get install python3', { cause: error });

  expect(stderr).toBe('');
  expect(all.map(metricPrefix)).toEqual(JSON.parse(stdout));
});
