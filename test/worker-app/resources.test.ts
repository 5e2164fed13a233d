import fc from 'fast-check';
import { Quantity } from '../../src/kubernetes/quantity.js';
import type { Resources } from '../../src/worker-app/worker-app-props.js';
import { KEYS } from '../../src/worker-app/keys/index.js';
import { shop } from '../a-worker-app.js';
import { manifestsOf } from '../manifests-of.js';

/** `{ requests, limits }` as they stand in the container. */
function resources(workers: number, given?: Resources | null) {
  return KEYS.resources.resolve(given, {}, { workers }, {});
}

test.each([
  [1, '100m', '192Mi', '384Mi'],
  [5, '500m', '704Mi', '1408Mi'],
  [10, '1', '1344Mi', '2688Mi'],
  [100, '10', '12864Mi', '25728Mi'],
])(
  '%i workers request %s CPU and %s memory, with a limit of %s memory and none of CPU',
  (workers, cpu, memory, limit) => {
    expect(resources(workers)).toEqual({ requests: { cpu, memory }, limits: { memory: limit } });
  },
);

/** 2 workers: 200m CPU, 320Mi and a limit of 640Mi by default. */
test.each<[string, Resources | null, ReturnType<typeof resources>]>([
  ['nothing', {}, { requests: { cpu: '200m', memory: '320Mi' }, limits: { memory: '640Mi' } }],
  [
    'a CPU request',
    { requests: { cpu: '2' } },
    { requests: { cpu: '2', memory: '320Mi' }, limits: { memory: '640Mi' } },
  ],
  [
    'a memory request, which its limit follows',
    { requests: { memory: '1Gi' } },
    { requests: { cpu: '200m', memory: '1Gi' }, limits: { memory: '2Gi' } },
  ],
  [
    'a memory limit above the derived request',
    { limits: { memory: '1Gi' } },
    { requests: { cpu: '200m', memory: '320Mi' }, limits: { memory: '1Gi' } },
  ],
  [
    'a memory limit below the derived request, which then is no higher',
    { limits: { memory: '100Mi' } },
    { requests: { cpu: '200m', memory: '100Mi' }, limits: { memory: '100Mi' } },
  ],
  [
    'a CPU limit below the derived request',
    { limits: { cpu: '50m' } },
    { requests: { cpu: '50m', memory: '320Mi' }, limits: { cpu: '50m', memory: '640Mi' } },
  ],
  [
    'an amount as a number',
    { requests: { cpu: 1 }, limits: { memory: 1_000_000_000 } },
    { requests: { cpu: '1', memory: '320Mi' }, limits: { memory: '1000000000' } },
  ],
  [
    'another resource',
    { requests: { 'nvidia.com/gpu': 1 }, limits: { 'nvidia.com/gpu': 1 } },
    {
      requests: { cpu: '200m', memory: '320Mi', 'nvidia.com/gpu': '1' },
      limits: { memory: '640Mi', 'nvidia.com/gpu': '1' },
    },
  ],
  [
    'null for the CPU request',
    { requests: { cpu: null } },
    { requests: { memory: '320Mi' }, limits: { memory: '640Mi' } },
  ],
  [
    'null for the memory request; the limit stays',
    { requests: { memory: null } },
    { requests: { cpu: '200m' }, limits: { memory: '640Mi' } },
  ],
  [
    'null for the memory limit',
    { limits: { memory: null } },
    { requests: { cpu: '200m', memory: '320Mi' }, limits: {} },
  ],
  ['null for the requests', { requests: null }, { requests: {}, limits: { memory: '640Mi' } }],
  ['null for the limits', { limits: null }, { requests: { cpu: '200m', memory: '320Mi' }, limits: {} }],
  ['null for all', null, { requests: {}, limits: {} }],
  ['null for what has no default', { limits: { cpu: null } }, resources(2)],
])('2 workers, given %s', (_, given, expected) => {
  expect(resources(2, given)).toEqual(expected);
});

test('resources: null leaves none in the container', () => {
  expect(manifestsOf(shop({ resources: null })).container.resources ?? {}).toEqual({});
});

test('limits: null leaves the requests alone in the container', () => {
  expect(manifestsOf(shop({ resources: { limits: null } })).container.resources).toEqual({
    requests: { cpu: '300m', memory: '448Mi' },
  });
});

test('whatever limit is given, no derived request is above it', () => {
  const amount = fc
    .tuple(fc.nat(2000), fc.constantFrom('m', '', 'Ki', 'Mi', 'Gi'))
    .map(([n, unit]) => `${n}${unit}`);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), amount, amount, (workers, cpu, memory) => {
      const valueOf = (text = '0') => Quantity.parse(text).value;
      const { requests } = resources(workers, { limits: { cpu, memory } });
      expect(valueOf(requests['cpu'])).toBeLessThanOrEqual(Quantity.parse(cpu).value);
      expect(valueOf(requests['memory'])).toBeLessThanOrEqual(Quantity.parse(memory).value);
    }),
  );
});
