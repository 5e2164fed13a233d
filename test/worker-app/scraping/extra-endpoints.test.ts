import { checkManifests } from '../../../src/checks/check-manifests.js';
import { formatDiagnostic } from '../../../src/diagnostics/diagnostic.js';
import { scrapeAlternatives } from '../../../src/worker-app/scraping/scrape-alternatives.js';
import { manifestsOf } from '../../manifests-of.js';
import { problemsOf, refusalsOf, shopWith } from '../../a-worker-app.js';

const EXPORTER = { port: 'exporter', path: '/nginx', interval: '1m' };
const withEndpoints = (...extraEndpoints: object[]) =>
  shopWith({ ports: { exporter: 9113 }, metrics: { extraEndpoints } });

const diagnostics = (props: ReturnType<typeof withEndpoints>) =>
  checkManifests(manifestsOf(props).all).map(formatDiagnostic);

test('the monitor has the endpoints beside those of the workers, and the checks follow them', () => {
  const props = withEndpoints(EXPORTER);
  expect(manifestsOf(props).monitor.spec.endpoints.slice(-2)).toEqual([
    { port: 'metrics-3', interval: '30s' },
    EXPORTER,
  ]);
  expect(diagnostics(props)).toEqual([]);
});

test('an endpoint that scrapes a worker a second time is found', () => {
  expect(diagnostics(withEndpoints({ port: 'metrics-1' }))).toEqual([
    expect.stringContaining('metrics-1 (8001) is scraped 2 times'),
  ]);
});

test('a PodMonitor has them, too', () => {
  const props = shopWith({ metrics: { monitor: 'PodMonitor', extraEndpoints: [{ portNumber: 9113 }] } });
  expect(problemsOf(props)).toEqual([]);
});

test.each([
  [
    { port: 'exporter', intervall: '1m' },
    '[0].intervall: unknown field of an endpoint of a ServiceMonitor; did you mean "interval"?',
  ],
  [{ path: '/x' }, '[0]: without a port it scrapes every port of the pods; add port or targetPort'],
])('%j is refused', (endpoint, expected) => {
  expect(problemsOf(withEndpoints(endpoint))).toEqual([`metrics.extraEndpoints${expected}`]);
});

test('a value that the operator refuses is named with its line', () => {
  const text = `name: shop\nimage: a/b:1\nworkers: 1\nmetrics:\n  extraEndpoints:\n    - port: http\n      interval: fast\n`;
  expect(refusalsOf(text)).toEqual([
    expect.stringMatching(
      /^values\/shop\.yaml:7: metrics\.extraEndpoints\[0\]\.interval: expected a duration/,
    ),
  ]);
});

test('each costs one more scrape job, and one more target in each pod', () => {
  const [before] = scrapeAlternatives(4, 3);
  expect(scrapeAlternatives(4, 3, { extraEndpoints: 1, podPorts: 2 })[0]).toMatchObject({
    jobs: (before?.jobs ?? 0) + 1,
    targets: (before?.targets ?? 0) + 3,
    relabelings: 5 * 6 * 3,
  });
});
