import fc from 'fast-check';
import { problemsOf, shop, shopWith } from '../a-worker-app.js';
import { runs } from '../runs.js';

/** Props that are right field by field, and do not fit together. */
test.each([
  [
    'a range that ends beyond 65535',
    { workers: 5, metrics: { startPort: 65_533 } },
    'workers: 5 workers from port 65533 need ports 65533-65537, beyond 65535; lower metrics.startPort to 65531 or below',
  ],
  [
    'a range whose default start is below 1024',
    { http: { port: 500 } },
    'http.port: the default of metrics.startPort, http.port + 1 = 501, is out of range; set metrics.startPort to a whole number from 1024 to 65533',
  ],
  [
    'a range that covers http.port',
    { http: { port: 5001 }, metrics: { startPort: 5000 } },
    'metrics.startPort: ports 5000-5002 of 3 workers cover http.port 5001; set metrics.startPort to 5002 or above',
  ],
  [
    'a range that begins with http.port',
    { http: { port: 5000 }, metrics: { startPort: 5000 } },
    'metrics.startPort: ports 5000-5002 of 3 workers cover http.port 5000; set metrics.startPort to 5001 or above',
  ],
  [
    'a range that ends with http.port, with no room above',
    { http: { port: 65_535 }, metrics: { startPort: 65_533 } },
    'metrics.startPort: ports 65533-65535 of 3 workers cover http.port 65535; set metrics.startPort to 65532 or below',
  ],
  [
    'a Service port that is a metrics port',
    { http: { servicePort: 8003 } },
    'http.servicePort: 8003 is a metrics port (8001-8003), and the Service has the metrics ports too; set http.servicePort to a port outside 8001-8003',
  ],
  [
    'variables that refer to each other in a circle',
    { env: { A: 'a$(B)', C: 'c', B: '$(A)' } },
    'env.A: it refers to itself (A → B → A), and Kubernetes expands only references to earlier variables; remove one of these references, or write $$(…) for the text $(…)',
  ],
  [
    'a variable that refers to itself',
    { env: { PATH: '/app/bin:$(PATH)' } },
    'env.PATH: it refers to itself (PATH → PATH), and Kubernetes expands only references to earlier variables; remove one of these references, or write $$(…) for the text $(…)',
  ],
  [
    'a probe host without a probe',
    { http: { healthHost: 'shop.example.com' } },
    'http.healthHost: without http.healthPath there are no probes; set http.healthPath, or remove http.healthHost',
  ],
  [
    'a probe host beside probes of its own',
    {
      http: { healthHost: 'shop.example.com' },
      probes: { liveness: { httpGet: { path: '/up', port: 'http' } } },
    },
    'http.healthHost: only the probes of http.healthPath send it; set http.healthPath, or write it into the probe: httpGet: { httpHeaders: [{ name: Host, value: shop.example.com }] }',
  ],
  [
    'a scrape timeout above the interval',
    { metrics: { interval: '15s', scrapeTimeout: '20s' } },
    'metrics.scrapeTimeout: 20s is above metrics.interval 15s, which the operator refuses; lower it to 15s or below',
  ],
  [
    'a scrape timeout above the default interval',
    { metrics: { scrapeTimeout: '1m' } },
    'metrics.scrapeTimeout: 1m is above metrics.interval 30s, which the operator refuses; lower it to 30s or below',
  ],
  [
    'a number of workers of its own in env',
    { env: { WEB_CONCURRENCY: '5' } },
    'env.WEB_CONCURRENCY: computed from workers; remove it and set workers',
  ],
  [
    'a start port of its own in env',
    { env: { METRICS_START_PORT: '5001' } },
    'env.METRICS_START_PORT: computed from metrics.startPort; remove it and set metrics.startPort',
  ],
  [
    'an exporter of its own in env',
    { env: { METRICS_EXPORTER: 'gunicorn' } },
    'env.METRICS_EXPORTER: computed from metrics.exporter; remove it and set metrics.exporter',
  ],
  [
    'gunicorn arguments that set workers',
    { env: { GUNICORN_CMD_ARGS: '--timeout 30 --workers=9' } },
    'env.GUNICORN_CMD_ARGS: --workers=9 would make the number of workers differ from the number of metrics ports; remove it and set workers',
  ],
  [
    'gunicorn arguments that preload',
    { env: { GUNICORN_CMD_ARGS: '--preload' } },
    'env.GUNICORN_CMD_ARGS: --preload would leave workers without a metrics port; remove it, or set metrics.exporter to gunicorn',
  ],
  [
    'gunicorn arguments that name another configuration',
    { gunicorn: {}, env: { GUNICORN_CMD_ARGS: '-c own.py' } },
    'env.GUNICORN_CMD_ARGS: -c own.py would replace our gunicorn config; remove it, and set env.IMAGE_GUNICORN_CONFIG to that file, which our config reads first',
  ],
  [
    'gunicorn arguments from a Secret, to which ours cannot be added',
    { gunicorn: {}, env: { GUNICORN_CMD_ARGS: { secret: 's', key: 'k' } } },
    'env.GUNICORN_CMD_ARGS: must be text, because --config with our gunicorn config is written before it',
  ],
  [
    'a jitter of nothing',
    { gunicorn: { maxRequestsJitter: 10 } },
    'gunicorn.maxRequestsJitter: has no effect without gunicorn.maxRequests; set gunicorn.maxRequests, or remove gunicorn.maxRequestsJitter',
  ],
  [
    'a request above its limit',
    { resources: { requests: { memory: '2Gi' }, limits: { memory: '1Gi' } } },
    'resources.requests.memory: the request of 2Gi is above the limit of 1Gi; lower it, or raise resources.limits.memory',
  ],
  [
    'a device without a limit',
    { resources: { requests: { 'nvidia.com/gpu': 1 } } },
    'resources.requests.nvidia.com/gpu: a device is never overcommitted: the limit must equal the request; set resources.limits.nvidia.com/gpu to 1',
  ],
  [
    'half a device',
    { resources: { limits: { 'nvidia.com/gpu': 0.5 } } },
    'resources.limits.nvidia.com/gpu: expected a whole number, got 0.5',
  ],
  [
    'huge pages without a limit',
    { resources: { requests: { 'hugepages-2Mi': '64Mi' } } },
    'resources.requests.hugepages-2Mi: huge pages are never overcommitted: the limit must equal the request; set resources.limits.hugepages-2Mi to 64Mi',
  ],
  [
    'huge pages with another limit',
    { resources: { requests: { 'hugepages-2Mi': '64Mi' }, limits: { 'hugepages-2Mi': '128Mi' } } },
    'resources.requests.hugepages-2Mi: huge pages are never overcommitted: the limit must equal the request; set resources.limits.hugepages-2Mi to 64Mi',
  ],
  [
    'one and a half of a huge page',
    { resources: { limits: { 'hugepages-2Mi': '3Mi' } } },
    'resources.limits.hugepages-2Mi: 3Mi is no multiple of a page of 2Mi; write 2Mi or 4Mi',
  ],
  [
    'less than a huge page',
    { resources: { limits: { 'hugepages-1Gi': '512Mi' } } },
    'resources.limits.hugepages-1Gi: 512Mi is no multiple of a page of 1Gi; write 1Gi',
  ],
  [
    'huge pages where cpu and memory are removed',
    {
      resources: {
        requests: { cpu: null, memory: null },
        limits: { memory: null, 'hugepages-2Mi': '4Mi' },
      },
    },
    'resources.limits.hugepages-2Mi: huge pages are refused without cpu or memory beside them; request one of the two',
  ],
  [
    'huge pages where the requests are removed, and the limit of memory',
    { resources: { requests: null, limits: { memory: null, 'hugepages-2Mi': '4Mi' } } },
    'resources.limits.hugepages-2Mi: huge pages are refused without cpu or memory beside them; request one of the two',
  ],
])('%s is refused', (_, changes, message) => {
  expect(problemsOf(shopWith(changes))).toEqual([message]);
});

test.each([
  ['a range up to 65535', { metrics: { startPort: 65_533 } }],
  ['a range that ends just below http.port', { http: { port: 5003 }, metrics: { startPort: 5000 } }],
  ['a range that begins just above http.port', { http: { port: 4999 }, metrics: { startPort: 5000 } }],
  [
    'a port of the application below 1024, with metrics ports above',
    { http: { port: 80 }, metrics: { startPort: 9000 } },
  ],
  ['a Service port that is the port of the application', { http: { servicePort: 8000 } }],
  ['a scrape timeout that is the interval', { metrics: { interval: '60s', scrapeTimeout: '1m' } }],
  ['gunicorn arguments that set neither', { env: { GUNICORN_CMD_ARGS: '--timeout 30 -k gthread' } }],
  ['gunicorn arguments from a Secret', { env: { GUNICORN_CMD_ARGS: { secret: 's', key: 'k' } } }],
  [
    'preload where gunicorn serves the metrics',
    { metrics: { exporter: 'gunicorn' }, env: { GUNICORN_CMD_ARGS: '--preload' } },
  ],
  [
    'a request that is its limit',
    { resources: { requests: { memory: '1Gi' }, limits: { memory: '1024Mi' } } },
  ],
  [
    'a request in thousandths that is its limit',
    { resources: { requests: { cpu: '700m' }, limits: { cpu: '0.7' } } },
  ],
  [
    'huge pages whose request is their limit',
    { resources: { requests: { 'hugepages-1Gi': '2Gi' }, limits: { 'hugepages-1Gi': '2048Mi' } } },
  ],
  ['huge pages with a limit alone', { resources: { limits: { 'hugepages-2Mi': '4Mi' } } }],
  [
    'huge pages with a limit of memory alone',
    { resources: { requests: null, limits: { 'hugepages-2Mi': '4Mi' } } },
  ],
  [
    'huge pages with a limit of cpu alone',
    { resources: { requests: null, limits: { cpu: 1, memory: null, 'hugepages-2Mi': '4Mi' } } },
  ],
  ['no memory, in thousandths', { resources: { requests: { memory: '0m' } } }],
  [
    'a request whose limit is removed',
    { resources: { requests: { memory: '1Gi' }, limits: { memory: null } } },
  ],
])('%s is fine', (_, changes) => {
  expect(problemsOf(shopWith(changes))).toEqual([]);
});

test('a constraint is not checked if a field that it reads is wrong by itself', () => {
  expect(problemsOf(shopWith({ workers: 0, metrics: { startPort: 65_535 } }))).toEqual([
    'workers: expected a whole number from 1 to 100, got 0',
  ]);
  expect(problemsOf(shopWith({ metrics: { interval: 'x', scrapeTimeout: '1m' } }))).toHaveLength(1);
});

test('a constraint is checked if another field is wrong', () => {
  expect(problemsOf(shopWith({ name: 'A', env: { GUNICORN_CMD_ARGS: '-w 5', OTHER: 5 } }))).toEqual([
    expect.stringMatching(/^name: /),
    expect.stringMatching(/^env\.OTHER: /),
    expect.stringMatching(/^env\.GUNICORN_CMD_ARGS: /),
  ]);
});

test('the advice on metrics.startPort solves the problem', () => {
  const port = fc.oneof(
    fc.integer({ min: 1, max: 65_535 }),
    fc.integer({ min: 1000, max: 1150 }),
    fc.integer({ min: 65_300, max: 65_535 }),
  );
  const startPort = fc.option(
    port.filter((number) => number >= 1024),
    { nil: undefined },
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), port, startPort, (workers, httpPort, start) => {
      const props = shop({ workers, http: { port: httpPort }, metrics: { startPort: start } });
      const problem = problemsOf(props).find((line) => !line.startsWith('http.servicePort'));
      for (const advised of advisedPorts(problem ?? '')) {
        const followed = { ...props, metrics: { startPort: advised } };
        expect([advised, problemsOf(followed)]).toEqual([advised, []]);
      }
    }),
    {
      numRuns: runs(200),
      examples: [
        [2, 65_535, undefined],
        [2, 65_534, undefined],
        [3, 65_535, 65_533],
      ],
    },
  );
});

function advisedPorts(problem: string): number[] {
  const advice =
    /(?:set metrics\.startPort to|lower metrics\.startPort to) ([0-9]+) or|number from ([0-9]+) to ([0-9]+)$/;
  return (advice.exec(problem) ?? []).slice(1).filter(Boolean).map(Number);
}
