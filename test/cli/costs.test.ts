import { Workplace } from './command-line.js';

let place: Workplace;
beforeEach(() => (place = new Workplace()));
afterEach(() => place.remove());

const SHOP = `name: shop
image: a/b:1
workers: 5
replicas: 2
metrics: { endpoints: single }
environments:
  live: { replicas: 3 }
  dev: { replicas: 1 }
`;

describe('worker-metrics costs', () => {
  test('prints a table for each application in each environment, its own choice marked', async () => {
    const values = place.write('values/shop.yaml', SHOP);

    const { exitCode, stdout, stderr } = await place.run(
      'costs',
      '--values',
      values,
      '--environment',
      'live',
    );

    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toBe(`shop in live: 5 workers in each of 3 pods
        STRATEGY         MONITOR         ENDPOINTS  SERVICE   JOBS  TARGETS  RELABELINGS  DROPPED  IPTABLES
        port-per-worker  ServiceMonitor  per-port   shared    5     15       90           75       66
        port-per-worker  ServiceMonitor  per-port   headless  5     15       90           75       11
        port-per-worker  PodMonitor      per-port   -         5     15       90           75       11
chosen  port-per-worker  ServiceMonitor  single     shared    1     15       18           3        66
        port-per-worker  ServiceMonitor  single     headless  1     15       18           3        11
        port-per-worker  PodMonitor      single     -         1     15       18           3        11
        multiprocess     ServiceMonitor  -          shared    1     3        6            3        22
        multiprocess     ServiceMonitor  -          headless  1     3        6            3        11
        multiprocess     PodMonitor      -          -         1     3        6            3        11
`);
  });

  test('says so where the values have no application', async () => {
    const values = place.write(
      'values/alertmanager.yaml',
      'kind: AlertmanagerCluster\nname: main\npeers: 3\nconfig: { route: { receiver: a }, receivers: [{ name: a }] }\n',
    );

    expect(await place.run('costs', '--values', values)).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'no WorkerApp in these values\n',
    });
  });

  test('names every problem of the values instead', async () => {
    const values = place.write('values/shop.yaml', 'name: shop\nimage: a/b:1\nworkers: 0\n');

    const { exitCode, stdout, stderr } = await place.run('costs', '--values', values);

    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toContain('values/shop.yaml:3: workers: expected a whole number from 1 to 100, got 0');
    expect(stderr).toContain('1 problem; nothing was computed');
  });
});
