import { expect, test } from '@jest/globals';
import { shop, specOf } from '../../a-worker-app.js';

test.each([
  [undefined, '5m'],
  [30, '5m'],
  [240, '5m'],
  [241, '6m'],
  [600, '11m'],
  [3600, '61m'],
])(
  'workers that have %s seconds to finish their requests may be missing for %s',
  (gracefulTimeout, patience) => {
    const { alerts } = specOf(shop({ alerts: true, gunicorn: { gracefulTimeout } }));

    expect(alerts.workersNotScraped?.for).toBe(patience);
    expect(alerts.latency?.for).toBe('10m');
  },
);

test('a duration that the values give is used', () => {
  const alerts = { workersNotScraped: { for: '1m' } };

  expect(specOf(shop({ alerts, gunicorn: { gracefulTimeout: 600 } })).alerts.workersNotScraped?.for).toBe(
    '1m',
  );
}); // prettier-ignore

test('an application whose image starts gunicorn has the usual patience', () => {
  expect(specOf(shop({ alerts: true })).alerts.workersNotScraped?.for).toBe('5m');
});
