import type { Chain } from '../../../src/checks/trace/chain.js';
import { foldChains, rangeOf } from '../../../src/checks/trace/fold-chains.js';

describe('foldChains', () => {
  test('folds the chains of equal workers', () => {
    expect(folded([1, 2, 3, 4, 5].map(chain))).toEqual([['metrics-1', 'metrics-5']]);
  });

  test('leaves a broken chain between its neighbours', () => {
    const chains = [1, 2, 3, 4, 5].map(chain);
    chains[2] = { ...chain(3), isWhole: false, brokenAt: 'monitor' };
    expect(folded(chains)).toEqual([
      ['metrics-1', 'metrics-2'],
      ['metrics-3', 'metrics-3'],
      ['metrics-4', 'metrics-5'],
    ]);
  });

  test.each<[string, Chain]>([
    ['another monitor', { ...chain(2), monitor: 'ServiceMonitor app/other' }],
    ['another Service port than the next', { ...chain(2), servicePort: { name: 'metrics-3', number: 5003 } }],
    ['other numbers in the environment', { ...chain(2), env: { WEB_CONCURRENCY: '9' } }],
    ['a gap in the numbers', chain(3)],
    ['no Service', { ...chain(2), service: undefined as never, servicePort: undefined as never }],
  ])('does not fold a chain with %s', (_, second) => {
    expect(folded([chain(1), second])).toHaveLength(2);
  });

  test('folds chains without a Service, and endpoints that reach nothing', () => {
    const lost = [0, 1, 2].map((i): Chain => ({ monitor: 'PodMonitor app/web', endpoint: `spec.podMetricsEndpoints[${i}]`, isWhole: false }));
    expect(foldChains(lost)).toHaveLength(1);
    const direct = [1, 2].map((worker): Chain => ({ workload: 'Pod app/web', containerPort: { number: 5000 + worker }, isWhole: true }));
    expect(foldChains(direct)).toHaveLength(1);
  }); // prettier-ignore

  test('folds a hundred workers over the step to another number of digits', () => {
    const chains = Array.from({ length: 100 }, (_, i) => chain(i + 1));
    expect(folded(chains)).toEqual([['metrics-1', 'metrics-100']]);
  });
});

test.each([
  ['metrics-1', 'metrics-5', 'metrics-1…5'],
  ['5001', '5100', '5001…5100'],
  ['spec.endpoints[0]', 'spec.endpoints[11]', 'spec.endpoints[0…11]'],
  ['metrics', 'metrics', 'metrics'],
  ['web-2', 'web-2', 'web-2'],
])('the range from %s to %s is %s', (first, last, expected) => {
  expect(rangeOf(first, last)).toBe(expected);
});

function folded(chains: readonly Chain[]): (string | undefined)[][] {
  return foldChains(chains).map((each) => [each[0].containerPort?.name, each.at(-1)?.containerPort?.name]);
}

function chain(worker: number): Chain {
  const port = { name: `metrics-${worker}`, number: 5000 + worker };
  return {
    monitor: 'ServiceMonitor app/web',
    endpoint: `spec.endpoints[${worker - 1}]`,
    service: 'Service app/web',
    servicePort: port,
    workload: 'Deployment app/web',
    container: 'django',
    containerPort: port,
    env: { METRICS_START_PORT: '5001', WEB_CONCURRENCY: '5' },
    isWhole: true,
  };
}
