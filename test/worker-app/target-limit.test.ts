import { problemsOf, shopWith } from '../a-worker-app.js';

const above = (limit: number, targets: string, replicas: number, surge: number, needed: number) =>
  `metrics.targetLimit: above ${limit} targets of a scrape job all of them fail, and ${targets}, in ${replicas} pods and ${surge} more during a rollout; raise it to ${needed} or above, or remove it`;

const single = (workers: number) => `metrics.endpoints: single makes ${workers} a pod`;

test.each([
  [
    { workers: 8, replicas: 4, metrics: { endpoints: 'single', targetLimit: 39 } },
    above(39, single(8), 4, 1, 40),
  ],
  [
    { workers: 8, replicas: 5, metrics: { endpoints: 'single', targetLimit: 10 } },
    above(10, single(8), 5, 2, 56),
  ],
  [{ workers: 3, metrics: { endpoints: 'single', targetLimit: 5 } }, above(5, single(3), 1, 1, 6)],
  [{ workers: 8, replicas: 4, metrics: { targetLimit: 4 } }, above(4, 'there is 1 a pod', 4, 1, 5)],
  [{ metrics: { strategy: 'multiprocess', targetLimit: 1 } }, above(1, 'there is 1 a pod', 1, 1, 2)],
])('too few targets are refused: %j', (props, sentence) => {
  expect(problemsOf(shopWith(props))).toEqual([sentence]);
});

test.each([
  { workers: 8, replicas: 4, metrics: { endpoints: 'single', targetLimit: 40 } },
  { workers: 8, replicas: 4, metrics: { targetLimit: 5 } },
  { replicas: 4, metrics: { targetLimit: 0 } },
  { replicas: 0, metrics: { targetLimit: 1 } },
  { workers: 100, metrics: { endpoints: 'single', keepDroppedTargets: 1 } },
])('enough are taken, and no limit is: %j', (props) => {
  expect(problemsOf(shopWith(props))).toEqual([]);
});
