import { trace } from '../../src/checks/trace/trace.js';
import { factsOf } from '../../src/report/facts.js';
import { scrapeSetup } from '../../src/report/scrape-setup.js';
import { otherPorts } from '../../src/worker-app/scraping/other-ports.js';
import { isChosen, scrapeAlternatives } from '../../src/worker-app/scraping/scrape-alternatives.js';
import { shopWith, scrapedSpecOf } from '../a-worker-app.js';
import { manifestsOf } from '../manifests-of.js';
import { application } from './manifests.js';

const WAYS = [
  ...['shared', 'headless'].map((service) => ({ monitor: 'ServiceMonitor', service })),
  { monitor: 'PodMonitor' },
].flatMap((place) => [
  ...['per-port', 'single'].map((endpoints) => ({ ...place, endpoints })),
  { ...place, strategy: 'multiprocess', exporter: 'gunicorn' },
]);

describe('the manifests say how an application is scraped as its values do', () => {
  test.each(WAYS.map((metrics) => [Object.values(metrics).join(' '), metrics] as const))(
    '%s',
    (_, metrics) => {
      const props = shopWith({ namespace: 'shop', workers: 4, replicas: 3, metrics });
      const { all } = manifestsOf(props);
      const setup = scrapeSetup(trace(all).chains, factsOf(all));
      expect(setup).toMatchObject({ workers: 4, replicas: 3 });
      const chosen = (metrics: Parameters<typeof isChosen>[1] | undefined) =>
        metrics && scrapeAlternatives(4, 3).findIndex((way) => isChosen(way, metrics));
      expect(chosen(setup?.metrics)).toBe(chosen(scrapedSpecOf(props).metrics));
    },
  );
});

test('a broken path counts: its endpoint is a scrape job, its port a worker', () => {
  const all = application('shop', {
    workers: 4,
    targetPort: (worker) => `metric${worker === 3 ? '' : 's'}-${worker}`,
  });
  expect(scrapeSetup(trace(all).chains, factsOf(all))).toMatchObject({
    workers: 4,
    metrics: { endpoints: 'per-port' },
  });
});

test('no setup is read from two monitors, or from ports of no worker', () => {
  const [deployment, service, monitor] = application('shop');
  const second = { ...monitor, metadata: { name: 'second', namespace: 'shop' } };
  const all = [deployment, service, monitor, second];
  expect(scrapeSetup(trace(all).chains, factsOf(all))).toBeUndefined();
  expect(scrapeSetup([], factsOf([]))).toBeUndefined();
});

test.each(['shared', 'headless'] as const)(
  'the other ports are counted as the values count them, with a %s Service',
  (service) => {
    const metrics = { service, extraEndpoints: [{ targetPort: 'proxy' }] };
    const sidecars = { proxy: { image: 'a/b:v1', ports: [{ name: 'proxy', containerPort: 9113 }] } };
    const props = shopWith({ ports: { grpc: 9000 }, sidecars, metrics });
    const { all } = manifestsOf(props);
    expect(scrapeSetup(trace(all).chains, factsOf(all))?.context).toMatchObject(
      otherPorts(scrapedSpecOf(props)),
    );
  },
);
