import { existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { filesIn, temporaryFolder, writeFiles } from '../an-output-folder.js';
import { packed } from '../packed.js';
import { ROOT, run, succeeded } from '../run-command.js';

// The project that `cdk8s init typescript-app` makes: CommonJS, TypeScript 5.9, ts-jest and ts-node.

const project = path.join(temporaryFolder(), 'theirs');
const inProject = (file: string, ...args: string[]) => run(file, args, { cwd: project });

beforeAll(() => {
  mkdirSync(project);
  // After `npm install` it downloads the Kubernetes API from GitHub. Without a network it stops there.
  run(process.execPath, [path.join(ROOT, 'node_modules/cdk8s-cli/bin/cdk8s'), 'init', 'typescript-app'], {
    cwd: project,
    env: { CDK8S_CHECK_UPGRADE: 'false' },
  });
  expect(existsSync(path.join(project, 'node_modules/ts-jest'))).toBe(true);
  succeeded(inProject('npm', 'install', '--prefer-offline', packed().tarball));
  writeFiles(project, { 'main.ts': MAIN, 'main.test.ts': TEST });
  rmSync(path.join(project, '__snapshots__'), { recursive: true }); // of the test that this one replaces
});

const MAIN = `
import { Construct } from 'constructs';
import { App, Chart, ChartProps } from 'cdk8s';
import { checkAtSynth, MetricsPorts, WorkerApp, WorkerAppProps } from 'cdk8s-worker-metrics';
import { AlertmanagerCluster } from 'cdk8s-worker-metrics/stack';

export const SHOP: WorkerAppProps = {
  name: 'shop',
  image: 'example/shop:1',
  workers: 3,
  metrics: { exporter: 'gunicorn' },
  alerts: true,
  dashboard: true,
};

export class MyChart extends Chart {
  readonly shop: WorkerApp;
  readonly ports = MetricsPorts.forWorkers(3, 8001);

  constructor(scope: Construct, id: string, props: ChartProps = {}) {
    super(scope, id, { disableResourceNameHashes: true, ...props });
    this.shop = new WorkerApp(this, 'shop', SHOP);
    new AlertmanagerCluster(this, 'alertmanager', {
      name: 'alertmanager',
      peers: 3,
      config: { route: { receiver: 'nobody' }, receivers: [{ name: 'nobody' }] },
    });
  }
}

const app = new App();
checkAtSynth(new MyChart(app, 'theirs'));
app.synth();
`;

const TEST = `
import { ApiObject, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { InvalidPropsError, WorkerApp } from 'cdk8s-worker-metrics';
import { MyChart, SHOP } from './main';

const chart = new MyChart(Testing.app(), 'test-chart');

test('every worker is scraped', () => {
  const monitor = Testing.synth(chart).find(({ kind }) => kind === 'ServiceMonitor');
  expect(monitor.spec.endpoints.map(({ port }: { port: string }) => port)).toEqual(['metrics-1', 'metrics-2', 'metrics-3']);
  expect(String(chart.ports)).toBe('8001-8003');
});

test('the constructs are those of the installed cdk8s', () => {
  expect(chart.shop).toBeInstanceOf(Construct);
  expect(chart.shop.deployment).toBeInstanceOf(ApiObject);
});

test('wrong props are refused', () => {
  expect(() => new WorkerApp(chart, 'wrong', { ...SHOP, workers: 0 })).toThrow(InvalidPropsError);
});
`;

test('its jest runs tests of the constructs', () => {
  expect(succeeded(inProject('npm', 'test')).stderr).toMatch(/^Tests: +3 passed, 3 total$/m);
});

test('its `cdk8s synth` writes their manifests', () => {
  succeeded(inProject('npx', 'cdk8s', 'synth', '--check-upgrade=false'));
  const { 'theirs.k8s.yaml': manifests } = filesIn(path.join(project, 'dist'));
  for (const kind of ['Deployment', 'ServiceMonitor', 'PrometheusRule', 'StatefulSet'])
    expect(manifests).toContain(`\nkind: ${kind}\n`);
});

test('its compiler accepts the types', () => {
  expect(inProject('npm', 'run', 'compile')).toMatchObject({ exitCode: 0 });
});
