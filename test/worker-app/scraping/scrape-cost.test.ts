import fc from 'fast-check';
import { otherPorts } from '../../../src/worker-app/scraping/other-ports.js';
import { isChosen, scrapeAlternatives } from '../../../src/worker-app/scraping/scrape-alternatives.js';
import { shop, scrapedSpecOf } from '../../a-worker-app.js';

const workersAndPods = [fc.integer({ min: 1, max: 100 }), fc.nat(50)] as const;

test('an endpoint a port is offered every port of every pod; one for all is offered each once', () => {
  fc.assert(
    fc.property(...workersAndPods, (workers, pods) => {
      for (const { strategy, endpoints, service, jobs, relabelings, targets } of scrapeAlternatives(
        workers,
        pods,
      )) {
        const ports = strategy === 'multiprocess' ? 1 : workers;
        expect(targets).toBe(ports * pods);
        expect(jobs).toBe(endpoints === 'per-port' ? workers : 1);
        // Prometheus discovers all ports of a pod behind each of its Services.
        const services = service === 'headless' ? 2 : 1;
        expect(relabelings).toBe(services * jobs * (ports + 1) * pods);
      }
    }),
  );
});

test('every target that is relabelled is scraped or dropped', () => {
  fc.assert(
    fc.property(...workersAndPods, (workers, pods) => {
      for (const { relabelings, targets, droppedTargets } of scrapeAlternatives(workers, pods))
        expect(targets + droppedTargets).toBe(relabelings);
    }),
  );
});

test('metrics ports cost rules on nodes only where the Service of the application has them', () => {
  const rules = scrapeAlternatives(5, 3).map(({ strategy, service, iptablesRules }) => [
    strategy,
    service,
    iptablesRules,
  ]);

  expect(new Set(rules.map(String))).toEqual(
    new Set([
      'port-per-worker,shared,66',
      'port-per-worker,headless,11',
      'port-per-worker,,11',
      'multiprocess,shared,22',
      'multiprocess,headless,11',
      'multiprocess,,11',
    ]),
  );
});

test.each([
  {},
  { strategy: 'multiprocess' },
  { monitor: 'PodMonitor', endpoints: 'single' },
  { monitor: 'PodMonitor', strategy: 'multiprocess' },
  { service: 'headless', endpoints: 'single' },
] as const)('exactly one alternative is the choice of %j', (metrics) => {
  const scraping = scrapedSpecOf(shop({ metrics })).metrics;

  expect(scrapeAlternatives(5, 1).filter((way) => isChosen(way, scraping))).toMatchObject([metrics]);
});

test('the ports of the application and of its sidecars are offered to each job, and those of the Service cost rules', () => {
  const sidecars = { proxy: { image: 'a/proxy:v1', ports: [{ name: 'proxy', containerPort: 9113 }] } };
  const spec = scrapedSpecOf(
    shop({ ports: { grpc: 9000 }, sidecars, metrics: { extraEndpoints: [{ targetPort: 'proxy' }] } }),
  );
  expect(otherPorts(spec)).toEqual({ servicePorts: 2, podPorts: 3, extraEndpoints: 1 });
  expect(scrapeAlternatives(5, 2, otherPorts(spec))[0]).toMatchObject({
    jobs: 6,
    targets: 6 * 2,
    relabelings: 6 * (5 + 3) * 2,
    iptablesRules: (2 + 5) * (2 + 3 * 2),
  });
});
