import { checkManifests } from '../../../src/checks/check-manifests.js';
import { formatDiagnostic } from '../../../src/diagnostics/diagnostic.js';
import { shop } from '../../a-worker-app.js';
import { manifestsOf, type Loose } from '../../manifests-of.js';

const ENV = 'Deployment default/shop: spec.template.spec.containers[0].env';

/** What is found once the environment of an application of 2 workers from port 8001 is another. */
function withEnv(env: readonly Loose[] | undefined): string[] {
  const { all, container } = manifestsOf(shop({ workers: 2 }));
  if (env === undefined) delete container.env;
  else container.env = env;
  return checkManifests(all).map(formatDiagnostic);
}

const WORKERS = { name: 'WEB_CONCURRENCY', value: '2' };
const START = { name: 'METRICS_START_PORT', value: '8001' };

test.each<[string, Loose[] | undefined, string[]]>([
  ['the same numbers', [WORKERS, START], []],
  [
    'one number from elsewhere',
    [WORKERS, { name: 'METRICS_START_PORT', valueFrom: { configMapKeyRef: { name: 'c', key: 'k' } } }],
    [],
  ],
  [
    'another number of workers',
    [{ name: 'WEB_CONCURRENCY', value: '3' }, START],
    [`${ENV}: WEB_CONCURRENCY is "3", but there are 2 metrics ports; set it to "2"`],
  ],
  [
    'another start port',
    [WORKERS, { name: 'METRICS_START_PORT', value: '5001' }],
    [`${ENV}: METRICS_START_PORT is "5001", but the first metrics port is 8001; set it to "8001"`],
  ],
  [
    'no start port',
    [WORKERS],
    [`${ENV}: METRICS_START_PORT is not set, but the first metrics port is 8001; set it to "8001"`],
  ],
  [
    'an empty number of workers',
    [{ name: 'WEB_CONCURRENCY', value: '' }, START],
    [`${ENV}: WEB_CONCURRENCY is "", but there are 2 metrics ports; set it to "2"`],
  ],
  [
    'a number that an earlier variable holds',
    [{ name: 'N', value: '2' }, { name: 'WEB_CONCURRENCY', value: '$(N)' }, START],
    [],
  ],
  [
    'a number that a later variable holds, which Kubernetes does not look for',
    [{ name: 'WEB_CONCURRENCY', value: '$(N)' }, { name: 'N', value: '2' }, START],
    [`${ENV}: WEB_CONCURRENCY is "$(N)", but there are 2 metrics ports; set it to "2"`],
  ],
  [
    'another number, that earlier variables hold',
    [
      { name: 'A', value: '1' },
      { name: 'B', value: '$(A)2' },
      { name: 'WEB_CONCURRENCY', value: '$(B)' },
      START,
    ],
    [`${ENV}: WEB_CONCURRENCY is "12", but there are 2 metrics ports; set it to "2"`],
  ],
  [
    'a number that is in a variable from elsewhere',
    [
      { name: 'N', valueFrom: { configMapKeyRef: { name: 'c', key: 'k' } } },
      { name: 'WEB_CONCURRENCY', value: '$(N)' },
      START,
    ],
    [],
  ],
  [
    'a number that is in a variable of which nothing is known',
    [{ name: 'WEB_CONCURRENCY', value: '$(N)' }, START],
    [],
  ],
  [
    'what only looks like a variable',
    [{ name: 'N', value: '2' }, { name: 'WEB_CONCURRENCY', value: '$$(N)' }, START],
    [`${ENV}: WEB_CONCURRENCY is "$(N)", but there are 2 metrics ports; set it to "2"`],
  ],
  [
    'a number without quotes, which is one diagnostic',
    [{ name: 'WEB_CONCURRENCY', value: 2 }, START],
    [`${ENV}[0].value: expected text, got 2; put it in quotes, as you wrote it`],
  ],
  [
    'nothing at all',
    undefined,
    [
      `${ENV}: WEB_CONCURRENCY is not set, but there are 2 metrics ports; set it to "2"`,
      `${ENV}: METRICS_START_PORT is not set, but the first metrics port is 8001; set it to "8001"`,
    ],
  ],
  [
    'a number twice, of which the last counts, as in Kubernetes',
    [WORKERS, START, { name: 'WEB_CONCURRENCY', value: '9' }],
    [`${ENV}: WEB_CONCURRENCY is "9", but there are 2 metrics ports; set it to "2"`],
  ],
])('an application with %s', (_, env, found) => {
  expect(withEnv(env)).toEqual(found);
});

describe('gunicorn takes its arguments over WEB_CONCURRENCY', () => {
  const apart = (words: string) =>
    `${ENV}: GUNICORN_CMD_ARGS has ${words}, which overrides WEB_CONCURRENCY in gunicorn, but there are 2 metrics ports; remove it, or set it to 2`;
  const args = (value: string) => [WORKERS, START, { name: 'GUNICORN_CMD_ARGS', value }];

  test.each<[string, string]>([
    ['--workers=7', '--workers=7'],
    ['--timeout 30 --workers 7', '--workers 7'],
    ['-w 7', '-w 7'],
    ['-w7', '-w7'],
    ['-w=7', '-w=7'],
    ['-Rw 7', '-Rw 7'],
    ["--workers '7'", '--workers 7'],
    ['--workers', '--workers'],
    ['-w 2 --workers=7', '--workers=7'],
  ])('%s parts the workers from their ports', (value, words) => {
    expect(withEnv(args(value))).toEqual([apart(words)]);
  });

  test.each([
    '--workers=2',
    '-w 2',
    '-w2',
    '-Rw2',
    '-w 7 --workers 2',
    '--timeout 30',
    '--worker-class gthread',
    '',
  ])('%s does not', (value) => {
    expect(withEnv(args(value))).toEqual([]);
  });

  test('also where an earlier variable holds them', () => {
    const earlier = { name: 'MY', value: '--workers=3' };
    expect(withEnv([earlier, ...args('$(MY) --timeout=30')])).toEqual([apart('--workers=3')]);
    const { all } = manifestsOf(shop({ workers: 2, env: { MY: '--workers=3', GUNICORN_CMD_ARGS: '$(MY)' } }));
    expect(checkManifests(all).map(formatDiagnostic)).toEqual([apart('--workers=3')]);
  });

  test('arguments from elsewhere are not judged', () => {
    const valueFrom = { secretKeyRef: { name: 's', key: 'k' } };
    expect(withEnv([WORKERS, START, { name: 'GUNICORN_CMD_ARGS', valueFrom }])).toEqual([]);
  });
});

test('the ports may be in any order in the container', () => {
  const { all, container } = manifestsOf(shop({ workers: 3 }));
  container.ports.reverse();
  expect(checkManifests(all).map(formatDiagnostic)).toEqual([]);
});

describe('an application whose ports have names of their own', () => {
  /** What is found once the ports, and the endpoints that lead to them, have other names; and once the first is not scraped. */
  function renamed(env: readonly Loose[], scraped = 2): string[] {
    const { all, container, service, monitor } = manifestsOf(shop({ workers: 2 }));
    container.env = env;
    const named = ({ name, ...port }: Loose) => ({ ...port, name: String(name).replace('metrics', 'prom') });
    container.ports = container.ports.map(named);
    service.spec.ports = service.spec.ports.map((port: Loose) => ({
      ...named(port),
      targetPort: String(port['targetPort']).replace('metrics', 'prom'),
    }));
    monitor.spec.endpoints = monitor.spec.endpoints
      .slice(0, scraped)
      .map((endpoint: Loose) => ({ ...endpoint, port: String(endpoint['port']).replace('metrics', 'prom') }));
    return checkManifests(all).map(formatDiagnostic);
  }

  test('is scraped on each port of its environment', () => {
    expect(renamed([WORKERS, START])).toEqual([]);
    expect(renamed([{ name: 'WEB_CONCURRENCY', value: '3' }, START], 1)).toEqual([
      'Deployment default/shop: spec.template.spec.containers[0].ports: METRICS_START_PORT and WEB_CONCURRENCY give workers the metrics ports 8002, 8003, but no endpoint of a ServiceMonitor or PodMonitor scrapes them',
    ]);
  });

  test.each<[string, Loose[]]>([
    ['without METRICS_START_PORT', [WORKERS]],
    ['whose workers share one', [WORKERS, START, { name: 'PROMETHEUS_MULTIPROC_DIR', value: '/m' }]],
    ['with a text in place of the number of workers', [{ name: 'WEB_CONCURRENCY', value: 'many' }, START]],
  ])('%s need not be', (_, env) => {
    expect(renamed(env, 1)).toEqual([]);
  });
});
