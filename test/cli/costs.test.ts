import { Workplace } from './command-line.js';

let place: Workplace;
beforeEach(() => (place = new Workplace()));
afterEach(() => place.remove());

interface Costs {
  readonly name: string;
  readonly alternatives: readonly { readonly isChosen: boolean; readonly relabelings: number }[];
}

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
USE  STRATEGY ENDPOINTS        MONITOR SERVICE          JOBS  TARGETS  RELABELED  DROPPED  RULES
     port-per-worker per-port  ServiceMonitor shared    5     15       90         75       66
     port-per-worker per-port  ServiceMonitor headless  5     15       180        165      11
     port-per-worker per-port  PodMonitor               5     15       90         75       11
now  port-per-worker single    ServiceMonitor shared    1     15       18         3        66
     port-per-worker single    ServiceMonitor headless  1     15       36         21       11
     port-per-worker single    PodMonitor               1     15       18         3        11
     multiprocess              ServiceMonitor shared    1     3        6          3        22
     multiprocess              ServiceMonitor headless  1     3        12         9        11
     multiprocess              PodMonitor               1     3        6          3        11
recommended: keep these settings; 1 scrape job, 18 relabelings and 66 iptables rules are few
`);
  });

  test.each([
    ['few workers', 'workers: 30', 'recommended: keep these settings; 30 scrape jobs, 930 relabelings and 155 iptables rules are few'],
    ['many workers', 'workers: 31', 'recommended: metrics: { endpoints: single }; 1 scrape job, 32 relabelings and 160 iptables rules instead of 31 scrape jobs, 992 relabelings and 160 iptables rules'],
    ['many pods', 'workers: 20\nreplicas: 40', 'recommended: metrics: { endpoints: single, service: headless }; 1 scrape job, 1,680 relabelings and 122 iptables rules instead of'],
    ['a limit of targets', 'workers: 50\nmetrics: { targetLimit: 10 }', 'recommended: metrics: { endpoints: single, targetLimit: 500 }; '],
    ['a PodMonitor', 'workers: 50\nreplicas: 50\nmetrics: { monitor: PodMonitor }', 'recommended: metrics: { endpoints: single }; '],
    ['sums of all workers', 'workers: 100\nmetrics: { strategy: multiprocess }', 'recommended: keep these settings; 1 scrape job, 2 relabelings and 10 iptables rules are few'],
  ])('recommends settings for %s in one line, with the reason', async (_, given, line) => {
    const values = place.write('values/shop.yaml', `name: shop\nimage: a/b:1\n${given}\n`);
    const { stdout } = await place.run('costs', '--values', values);
    expect(stdout).toContain(line);
  }); // prettier-ignore

  test('says that an application without metrics costs nothing, and leaves it out of the total', async () => {
    const more = (name: string, metrics: string) =>
      place.write(`values/${name}.yaml`, `name: ${name}\nimage: a/b:1\nworkers: 2\n${metrics}`);
    more('a', '');
    more('b', 'metrics: false\n');

    const { stdout } = await place.runInside('costs');
    expect(stdout).toMatch(/\n\nb: 2 workers in each of 1 pod\ncosts nothing: metrics is false\n$/);
    const { stdout: json } = await place.runInside('costs', '--format', 'json');
    expect((JSON.parse(json) as { applications: unknown[] }).applications[1]).toEqual({
      name: 'b',
      workers: 2,
      replicas: 1,
      recommended: 'costs nothing: metrics is false',
      alternatives: [],
    });
  });

  test('marks the recommended settings, which are valid', async () => {
    const text = 'name: shop\nimage: a/b:1\nworkers: 50\nreplicas: 10\n';
    const values = place.write('values/shop.yaml', text);
    const { stdout } = await place.run('costs', '--values', values);
    expect(stdout).toMatch(/^best +port-per-worker single +ServiceMonitor headless /m);
    const [, settings = ''] = /^recommended: (metrics: \{.*?\});/m.exec(stdout) ?? [];
    place.write('values/shop.yaml', `${text}${settings}\n`);
    expect((await place.run('costs', '--values', values)).stdout).toContain(
      'recommended: keep these settings',
    );
  });

  test('recommends in one line for all applications together', async () => {
    place.write('values/blog.yaml', 'name: blog\nimage: a/b:1\nworkers: 2\n');
    place.write('values/shop.yaml', 'name: shop\nimage: a/b:1\nworkers: 50\n');
    const { stdout } = await place.run('costs', '--values', place.path('values'));
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(
      'in all 2 applications: 52 scrape jobs, 2,808 relabelings and 270 iptables rules; recommended: change 1 application, for 3 scrape jobs, 162 relabelings and 270 iptables rules',
    );
  });

  test('counts the environments of one application as environments', async () => {
    const text = 'name: shop\nimage: a/b:1\nworkers: 5\nenvironments: { dev: {}, test: {}, prod: {} }\n';
    const { stdout } = await place.run('costs', '--values', place.write('values/one.yaml', text));
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^in all 3 environments: /);
  });

  test('counts the targets of the other applications in the namespace, which Prometheus discovers', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e'])
      place.write(`values/${name}.yaml`, `name: ${name}\nimage: a/b:1\nworkers: 4\nreplicas: 2\n`);
    place.write('values/elsewhere.yaml', 'name: x\nnamespace: other\nimage: a/b:1\nworkers: 9\n');
    const costs = async (metrics: string) => {
      place.write('values/shop.yaml', `name: shop\nimage: a/b:1\nworkers: 3\nmetrics: ${metrics}\n`);
      const { stdout } = await place.run('costs', '--values', place.path('values'), '--format', 'json');
      const { applications } = JSON.parse(stdout) as { applications: Costs[] };
      const { alternatives } = applications.find(({ name }) => name === 'shop') as Costs;
      return alternatives.find(({ isChosen }) => isChosen);
    };

    // 4 ports of its own, and 5 in each of 10 pods
    expect(await costs('{ endpoints: single }')).toMatchObject({ relabelings: 54, droppedTargets: 51 });
    expect(await costs('{ endpoints: single, selectorMechanism: RoleSelector }')).toMatchObject({
      relabelings: 4,
      droppedTargets: 1,
    });
    expect(await costs('{ monitor: PodMonitor }')).toMatchObject({ relabelings: 162, droppedTargets: 159 });
  });

  test('names the selection by the API server with its price, where it saves much', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    for (const name of names)
      place.write(`values/${name}.yaml`, `name: ${name}\nimage: a/b:1\nworkers: 9\nreplicas: 3\n`);
    const { stdout } = await place.run('costs', '--values', place.path('values'));

    const line =
      'possible: metrics: { selectorMechanism: RoleSelector }; 270 relabelings instead of 1,620, but the API server serves 3 more watches for this monitor';
    expect(stdout.split('\n').filter((one) => one === line)).toHaveLength(names.length);
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
