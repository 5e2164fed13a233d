import { afterwards, type DiagnosticCase, type FineCase } from '../one-change.js';

test.each<DiagnosticCase>([
  [
    'a scrape timeout above the interval',
    ({ monitor }) => Object.assign(monitor.spec.endpoints[1], { interval: '1m', scrapeTimeout: '61s' }),
    'ServiceMonitor default/shop: spec.endpoints[1].scrapeTimeout: 61s is above the interval of 1m; the operator drops the whole monitor',
  ],
])('%s is found, and nothing else', (_, change, ...found) => {
  expect(afterwards(change)).toEqual(found);
});

test.each<FineCase>([
  [
    'a scrape timeout that is the interval',
    ({ monitor }) => Object.assign(monitor.spec.endpoints[1], { interval: '1m', scrapeTimeout: '60s' }),
  ],
  [
    "a scrape timeout without an interval, which is then Prometheus' own",
    ({ monitor }) => {
      delete monitor.spec.endpoints[1].interval;
      monitor.spec.endpoints[1].scrapeTimeout = '50s';
    },
  ],
])('%s is fine', (_, change) => {
  expect(afterwards(change)).toEqual([]);
});
