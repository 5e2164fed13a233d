import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { Workplace } from './command-line.js';

const SHOP = `name: shop
image: a/b:1
workers: 1
environments: { dev: {}, live: { workers: 2 } }
`;

let place: Workplace;
let flags: string[];
beforeEach(async () => {
  place = new Workplace();
  flags = ['--values', place.write('values/shop.yaml', SHOP), '--output', place.path('dist')];
  await place.run('synth', ...flags);
});
afterEach(() => place.remove());

describe('diff', () => {
  test('has nothing to report if the manifests are those of the values', async () => {
    expect(await place.run('diff', ...flags)).toEqual({
      exitCode: 0,
      stdout: 'dist: 2 files up to date\n',
      stderr: '',
    });
  });

  test('refuses a folder without a name, as synth does', async () => {
    const refused = (outcome: string, exitCode = 1) => ({
      exitCode,
      stdout: '',
      stderr: `--output: an empty path; name a folder\n1 problem; nothing was ${outcome}\n`,
    });
    const nowhere = [...flags.slice(0, 2), '--output', ''];
    expect(await place.run('diff', ...nowhere)).toEqual(refused('compared', 2));
    expect(await place.run('check', ...nowhere)).toEqual(refused('compared', 2));
    expect(await place.run('synth', ...nowhere)).toEqual(refused('written'));
  });

  test('shows the changes of a synthesis, and changes nothing', async () => {
    place.write(
      'values/shop.yaml',
      SHOP.replace(
        'live: { workers: 2 }',
        'live: { replicas: 2, podDisruptionBudget: false, topologySpreadConstraints: [] }, test: {}',
      ).replace('dev: {}, ', ''),
    );
    const before = statSync(place.path('dist/live/shop.k8s.yaml')).mtimeMs;
    const { exitCode, stdout } = await place.run('diff', ...flags, '--prune');
    const left =
      'kubectl apply leaves it in the cluster; delete it, except in a cluster that has live/shop.k8s.yaml:';
    expect([exitCode, stdout]).toEqual([
      1,
      `dist/live/shop.k8s.yaml differs
  ~ Deployment default/shop
      ~ spec.replicas: 1 → 2
      ~ spec.template.spec.containers[app].env[WEB_CONCURRENCY].value: "2" → "1"
      - spec.template.spec.containers[app].ports[metrics-2]: {containerPort: 8002, name: metrics-2, protocol: TCP}
      ~ spec.template.spec.containers[app].resources.limits.memory: "640Mi" → "384Mi"
      ~ spec.template.spec.containers[app].resources.requests.cpu: "200m" → "100m"
      ~ spec.template.spec.containers[app].resources.requests.memory: "320Mi" → "192Mi"
      ! the pods are replaced
  ~ Service default/shop
      - spec.ports[metrics-2]: {name: metrics-2, port: 8002, protocol: TCP, targetPort: metrics-2}
  ~ ServiceMonitor default/shop
      - spec.endpoints[metrics-2]: {interval: 30s, port: metrics-2}
dist/test/shop.k8s.yaml is missing
  + Deployment default/shop
  + Service default/shop
  + ServiceMonitor default/shop
dist/dev/shop.k8s.yaml is no longer described by any values
  - Deployment default/shop
      ! ${left} kubectl delete deployment.apps shop -n default
  - Service default/shop
      ! ${left} kubectl delete service shop -n default
  - ServiceMonitor default/shop
      ! ${left} kubectl delete servicemonitor.monitoring.coreos.com shop -n default
3 files differ from the values; run synth and commit
`,
    ]);
    expect(readdirSync(place.path('dist')).toSorted()).toEqual(['dev', 'live']);
    expect(statSync(place.path('dist/live/shop.k8s.yaml')).mtimeMs).toBe(before);
  });

  test('shows the numbered ports of the workers in one line for each list, in the text and in the comment', async () => {
    const web = 'name: web\nimage: a/b:1\n';
    place.write('values/shop.yaml', `${web}workers: 40\n`);
    await place.run('synth', ...flags, '--prune');
    place.write('values/shop.yaml', `${web}workers: 4\nmetrics: { interval: 60s }\n`);
    const { stdout } = await place.run('diff', ...flags, '--prune');
    expect(stdout.split('\n').filter((line) => line.includes('metrics-'))).toEqual([
      '      - spec.template.spec.containers[app].ports[metrics-5] … spec.template.spec.containers[app].ports[metrics-40] (36 fields): {containerPort: 8005, name: metrics-5, protocol: TCP} … {containerPort: 8040, name: metrics-40, protocol: TCP}',
      '      - spec.ports[metrics-5] … spec.ports[metrics-40] (36 fields): {name: metrics-5, port: 8005, protocol: TCP, targetPort: metrics-5} … {name: metrics-40, port: 8040, protocol: TCP, targetPort: metrics-40}',
      '      ~ spec.endpoints[metrics-1].interval … spec.endpoints[metrics-4].interval (4 fields): "30s" → "60s"',
      '      - spec.endpoints[metrics-5] … spec.endpoints[metrics-40] (36 fields): {interval: 30s, port: metrics-5} … {interval: 30s, port: metrics-40}',
    ]);
    const { stdout: comment } = await place.run('diff', ...flags, '--prune', '--format', 'markdown');
    expect(comment.match(/^- spec\.ports.*$/gm)).toEqual([expect.stringContaining('(36 fields)')]);
  });

  test('shows a port that does not fit in the series by itself', async () => {
    const web = 'name: web\nimage: a/b:1\n';
    place.write('values/shop.yaml', `${web}workers: 9\n`);
    await place.run('synth', ...flags, '--prune');
    const file = place.path('dist/web.k8s.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('port: 8005\n', 'port: 8500\n'));
    place.write('values/shop.yaml', `${web}workers: 1\n`);
    const { stdout } = await place.run('diff', ...flags, '--prune');
    expect(stdout.split('\n').filter((line) => line.includes('spec.ports'))).toEqual([
      expect.stringMatching(/- spec\.ports\[metrics-2\] … spec\.ports\[metrics-4\] \(3 fields\): /),
      '      - spec.ports[metrics-5]: {name: metrics-5, port: 8500, protocol: TCP, targetPort: metrics-5}',
      expect.stringMatching(/- spec\.ports\[metrics-6\] … spec\.ports\[metrics-9\] \(4 fields\): /),
    ]);
  });

  describe('prints how to delete an object that kubectl apply leaves behind', () => {
    const LEFT = 'kubectl apply leaves it in the cluster; delete it';
    const web = 'name: web\nnamespace: shop\nimage: a/b:1\nworkers: 1\n';
    const METRICS = 'metrics: { service: headless }\n';

    async function warnings(before: string, after: string): Promise<string[]> {
      place.write('values/shop.yaml', before);
      await place.run('synth', ...flags, '--prune');
      place.write('values/shop.yaml', after);
      const { stdout } = await place.run('diff', ...flags, '--prune');
      return stdout.split('\n').flatMap((line, i, lines) => {
        const [, warning] = /^ {6}! (.*kubectl delete.*)/.exec(line) ?? [];
        return warning === undefined ? [] : [`${lines[i - 1]?.trim()}: ${warning}`];
      });
    }

    test.each([
      ['the old monitor', web, `${web}metrics: { monitor: PodMonitor }\n`, ['- ServiceMonitor shop/web: kubectl delete servicemonitor.monitoring.coreos.com web -n shop']],
      ['the headless Service', web + METRICS, web, ['- Service shop/web-metrics: kubectl delete service web-metrics -n shop']],
      ['the rules', `${web}alerts: true\n`, web, ['- PrometheusRule shop/web: kubectl delete prometheusrule.monitoring.coreos.com web -n shop']],
      ['all objects under the old name', web, web.replace('web', 'site'), [
        '- Deployment shop/web: kubectl delete deployment.apps web -n shop',
        '- Service shop/web: kubectl delete service web -n shop',
        '- ServiceMonitor shop/web: kubectl delete servicemonitor.monitoring.coreos.com web -n shop',
      ]],
      ['all objects in the old namespace', web, web.replace('shop', 'store'), [
        '- Deployment shop/web: kubectl delete deployment.apps web -n shop',
        '- Service shop/web: kubectl delete service web -n shop',
        '- ServiceMonitor shop/web: kubectl delete servicemonitor.monitoring.coreos.com web -n shop',
      ]],
    ])('%s', async (_, before, after, expected) => {
      const plain = (await warnings(before, after)).map((line) => line.replace(`${LEFT}: `, ''));
      expect(plain).toEqual(expected);
    }); // prettier-ignore

    test('nothing, where the object moved to another file of the same folder', async () => {
      await place.run('synth', ...flags, '--prune');
      renameSync(place.path('dist/live/shop.k8s.yaml'), place.path('dist/live/old.k8s.yaml'));
      const { stdout } = await place.run('diff', ...flags, '--prune');
      expect(stdout).toContain(
        'dist/live/old.k8s.yaml is no longer described by any values\n  - Deployment default/shop\n',
      );
      expect(stdout).not.toContain('kubectl delete');
    });
  });

  test.each([
    [
      'text that says the same',
      '# by hand\n',
      'dist/dev/shop.k8s.yaml differs in its text, not in its objects',
    ],
    ['text that is not YAML', '{', 'dist/dev/shop.k8s.yaml is not YAML'],
  ])('notices %s', async (_, more, words) => {
    const file = place.path('dist/dev/shop.k8s.yaml');
    writeFileSync(file, readFileSync(file, 'utf8') + more);
    const { exitCode, stdout } = await place.run('diff', ...flags);
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining(words)]);
  });

  test('names a file of somebody else in the place of a manifest, as synth does', async () => {
    place.write('dist/dev/shop.k8s.yaml', 'kind: Namespace\n');
    const stderr =
      'dist/dev/shop.k8s.yaml: this program did not write it; move it away, or name another folder with --output\n1 problem; nothing was ';
    expect((await place.run('diff', ...flags)).stderr).toBe(`${stderr}compared\n`);
    expect((await place.run('synth', ...flags)).stderr).toBe(`${stderr}written\n`);
  });

  test('can be limited to an environment', async () => {
    rmSync(place.path('dist/dev'), { recursive: true });
    expect((await place.run('diff', ...flags, '--environment', 'live')).exitCode).toBe(0);
    expect((await place.run('diff', ...flags, '--environment', 'dev')).exitCode).toBe(1);
  });

  test('says nothing with --quiet', async () => {
    rmSync(place.path('dist/dev'), { recursive: true });
    expect(await place.run('diff', ...flags, '--quiet')).toEqual({ exitCode: 1, stdout: '', stderr: '' });
  });

  test('names the problems of the values', async () => {
    place.write('values/shop.yaml', SHOP.replace('workers: 2', 'workers: 0'));
    expect(await place.run('diff', ...flags, '--quiet')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr:
        'values/shop.yaml:4: environments.live.workers: expected a whole number from 1 to 100, got 0\n  --> values/shop.yaml:4:43\n  4 | environments: { dev: {}, live: { workers: 0 } }\n    |                                           ^\n1 problem; nothing was compared\n',
    });
  });

  test('exits with 2 where it cannot compare, and so does check, its former name', async () => {
    place.write('values/shop.yaml', 'name: [\n');
    expect((await place.run('diff', ...flags)).exitCode).toBe(2);
    expect((await place.run('diff', '--nonsense')).exitCode).toBe(2);
    expect((await place.run('diff', '--help')).exitCode).toBe(0);
    expect((await place.run('check', ...flags)).exitCode).toBe(2);
    expect((await place.run('check', '--nonsense')).exitCode).toBe(2);
  });
});
