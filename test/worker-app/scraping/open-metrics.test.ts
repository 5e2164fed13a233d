import { problemsOf, shopWith } from '../../a-worker-app.js';

const problemsOfMetrics = (metrics: object) => problemsOf(shopWith({ metrics }));

const authorization = { credentials: { secret: 'scrape', key: 'token' } };
const OURS = 'our gunicorn config serves metrics';
const ADVICE = 'remove it, or set metrics.exporter to app';

test.each([{ exporter: 'gunicorn' }, { strategy: 'multiprocess' }])(
  'what our gunicorn configuration never asks for is refused with %j',
  (metrics) => {
    expect(problemsOfMetrics({ ...metrics, authorization })).toEqual([
      `metrics.authorization: ${OURS} without a check of credentials; ${ADVICE}`,
    ]);
    expect(problemsOfMetrics({ ...metrics, scheme: 'https', authorization })).toEqual([
      `metrics.scheme: ${OURS} over plain HTTP; ${ADVICE}`,
      `metrics.authorization: ${OURS} without a check of credentials; ${ADVICE}`,
    ]);
  },
);

test('an application that serves its metrics itself may ask for both', () => {
  expect(problemsOfMetrics({ scheme: 'https', authorization })).toEqual([]);
});
