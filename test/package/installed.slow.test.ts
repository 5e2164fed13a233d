import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { filesIn, temporaryFolder, writeFiles } from '../an-output-folder.js';
import { packed } from '../packed.js';
import { ROOT, run, succeeded, type Ran } from '../run-command.js';
import { installNodes } from './node-versions.js';

// What `npm publish` would publish, in a user's project, on the versions of Node.js that it supports.

const OLD = ['18'] as const;
const SUPPORTED = ['20.19.0', '22', '24'] as const;

const folder = temporaryFolder();
const project = path.join(folder, 'project');
const command = path.join(project, 'node_modules/cdk8s-worker-metrics/bin/worker-metrics.cjs');
let nodes: Readonly<Record<(typeof OLD | typeof SUPPORTED)[number], string>>;

beforeAll(async () => {
  mkdirSync(project);
  writeFiles(project, { 'package.json': '{ "name": "theirs", "private": true }' });
  npm('install', '--prefer-offline', packed().tarball, 'typescript@5.9');
  nodes = await installNodes(folder, [...OLD, ...SUPPORTED]);
});

function npm(...args: string[]): Ran {
  return succeeded(run('npm', args, { cwd: project }));
}

const CONSTRUCTS = `
const app = new App();
const chart = new Chart(app, 'web');
const web = new WorkerApp(chart, 'web', { name: 'web', image: 'example/web', workers: 2 });
checkAtSynth(app);
console.log(app.synthYaml(), String(MetricsPorts.forWorkers(2, 8001)));
console.log(web instanceof Construct, web.deployment instanceof ApiObject);
try {
  new AlertmanagerCluster(chart, 'alertmanager', { name: 'Upper' });
} catch (error) {
  console.log(error instanceof InvalidPropsError);
}
`;

const PRINTED =
  /^apiVersion: apps\/v1\nkind: Deployment\n.*kind: ServiceMonitor\n.* 8001-8002\ntrue true\ntrue\n$/s;

const NAMES = {
  cdk8s: '{ ApiObject, App, Chart }',
  constructs: '{ Construct }',
  'cdk8s-worker-metrics': '{ checkAtSynth, InvalidPropsError, MetricsPorts, WorkerApp }',
  'cdk8s-worker-metrics/stack': '{ AlertmanagerCluster }',
};

const imports = Object.entries(NAMES).map(([name, names]) => `import ${names} from '${name}';`);
const requires = Object.entries(NAMES).map(([name, names]) => `const ${names} = require('${name}');`);

describe.each(SUPPORTED)('on Node %s', (version) => {
  const node = (...args: string[]) => run(nodes[version], args, { cwd: project });

  test.each([
    ['import', 'main.mjs', imports],
    ['require', 'main.cjs', requires],
  ])('the constructs load by `%s`', (_, file, lines) => {
    writeFiles(project, { [file]: lines.join('\n') + CONSTRUCTS });
    expect(node(file)).toEqual({ exitCode: 0, stdout: expect.stringMatching(PRINTED) as string, stderr: '' });
  });

  test('a class is the same class for `import` and `require`', () => {
    const script = `import { createRequire } from 'node:module';
import { WorkerApp } from 'cdk8s-worker-metrics';
console.log(WorkerApp === createRequire(import.meta.url)('cdk8s-worker-metrics').WorkerApp);`;
    writeFiles(project, { 'same.mjs': script });
    expect(node('same.mjs')).toMatchObject({ stdout: 'true\n' });
  });

  test('an error that nobody catches is in the first lines, not after a line of all the code', () => {
    const script = `import { App, Chart } from 'cdk8s';
import { WorkerApp } from 'cdk8s-worker-metrics';
new WorkerApp(new Chart(new App(), 'web'), 'web', { name: 'web', image: 'example/web', workers: 0 });`;
    writeFiles(project, { 'wrong.mjs': script });
    const { exitCode, stderr } = node('wrong.mjs');
    expect({ exitCode, stderr: stderr.slice(0, 1500) }).toEqual({
      exitCode: 1,
      stderr: expect.stringContaining(
        'InvalidPropsError: WorkerApp web/web: workers: expected a whole number from 1 to 100, got 0',
      ) as string,
    });
  });

  test('the command gives the bytes of the committed dist/ for the committed values', () => {
    const output = `dist-${version}`;
    const ran = node(command, 'synth', '--values', path.join(ROOT, 'values'), '--output', output);
    expect(ran).toMatchObject({
      exitCode: 0,
      stderr: expect.stringMatching(/^dist-[0-9.]+: [0-9]+ files? written, .*\n$/) as string,
    });
    expect(filesIn(path.join(project, output))).toEqual(filesIn(path.join(ROOT, 'dist')));
  });

  test('V8 knows the setting of a run with many applications', () => {
    const shops = Array.from({ length: 250 }, (_, i) => SHOP.replace('shop', `shop-${i}`));
    writeFiles(project, { 'many/shops.yaml': shops.join('---\n') });
    const ran = node(command, 'synth', '--values', 'many', '--output', `many-${version}`, '--quiet');
    expect(ran).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  test('the command writes the other kinds, and reads the files that it mounts and looks up', () => {
    writeFiles(project, { 'other/shop.yaml': SHOP });
    const stack = ['alertmanager-cluster', 'prometheus-server'].map((name) =>
      path.join(ROOT, 'examples', name, 'values'),
    );
    const values = ['other', ...stack].flatMap((each) => ['--values', each]);
    const output = `other-${version}`;
    expect(node(command, 'synth', ...values, '--output', output)).toMatchObject({ exitCode: 0 });
    const files = filesIn(path.join(project, output));
    expect(files['shop.k8s.yaml']).toContain('gunicorn.conf.py');
    expect(files).toMatchObject(filesIn(path.join(ROOT, 'examples/prometheus-server/dist')));
    expect(node(command, 'trace', output)).toMatchObject({ exitCode: 0, stderr: '' });
    const report = node(command, 'report', output, '--output', `${output}/wiring.html`);
    expect(report).toMatchObject({ exitCode: 0, stdout: '' });
    expect(node(command, 'explain', 'tolerations')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('NoSchedule') as string,
      stderr: '',
    });
  });
});

const SHOP = `name: shop
image: example/shop
workers: 2
metrics: { exporter: gunicorn }
dashboard: true
tolerations: [{ key: dedicated, effect: NoSchedule }]
serviceWindows:
  - { component: c, days: [Mon], start: '08:00', end: '09:00', timeZone: Asia/Kolkata }
`;

describe('compiled code of the command', () => {
  const installed = path.join(project, 'node_modules/cdk8s-worker-metrics');
  const kept = () => {
    const folder = path.join(installed, 'node_modules/.cache/cdk8s-worker-metrics/bundles');
    return Object.fromEntries(
      readdirSync(folder).map((name) => [name, statSync(path.join(folder, name)).mtimeMs]),
    );
  };

  test.each(SUPPORTED)('is kept for the next run with Node %s, which writes nothing', (version) => {
    writeFiles(project, { 'kept/shop.yaml': SHOP });
    const args = ['synth', '--values', 'kept', '--output', 'kept-dist'];
    const synth = () => run(nodes[version], [command, ...args], { cwd: project });
    expect(synth()).toMatchObject({ exitCode: 0 });
    const before = kept();
    expect(Object.keys(before)).toContainEqual(
      expect.stringMatching(new RegExp(`^synth-[0-9_]+\\.synth\\.v${version}\\..*\\.compiled$`)),
    );
    expect(synth()).toMatchObject({ exitCode: 0 });
    expect(kept()).toEqual(before);
  });

  test('is not run for a file that has changed, even if it is as long as before', () => {
    const file = path.join(installed, 'lib/cli/all.js');
    const text = readFileSync(file, 'utf8');
    const explain = () => run(nodes['22'], [command, 'explain', 'workers'], { cwd: project }).stdout;
    expect(explain()).toContain('Example:');
    writeFileSync(file, text.replaceAll('"Example:"', '"EXAMPLE:"'));
    expect(explain()).toContain('EXAMPLE:');
    writeFileSync(file, text);
  });

  test('is not kept for a word that is no command', () => {
    expect(run(nodes['22'], [command, 'nonsense'], { cwd: project })).toMatchObject({ exitCode: 1 });
    expect(Object.keys(kept()).filter((name) => name.includes('nonsense'))).toEqual([]);
  });
});

describe('a Node that is too old', () => {
  const sentence = /^worker-metrics needs Node 20\.19 or newer; this is v18\.[0-9.]+\n$/;

  test.each([[['synth']], [['--version']]])('is named by the command with %j, in one sentence', (args) => {
    expect(run(nodes[18], [command, ...args], { cwd: project })).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: expect.stringMatching(sentence) as string,
    });
  });

  test.each(['cdk8s-worker-metrics', 'cdk8s-worker-metrics/stack'])('is named when %s is loaded', (name) => {
    const script = `try { require('${name}') } catch ({ message }) { console.log(message) }`;
    const { stdout } = run(nodes[18], ['-e', script], { cwd: project });
    expect(stdout).toMatch(sentence);
  });
});

test('the command refuses wrong values', () => {
  writeFiles(project, { 'wrong/shop.yaml': 'name: shop\nimage: a\nworkers: 0\n' });
  expect(run(process.execPath, [command, 'synth', '--values', 'wrong'], { cwd: project })).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining(
      'wrong/shop.yaml:3: workers: expected a whole number from 1 to 100, got 0',
    ) as string,
  });
});

const TYPES = `
  import { Chart } from 'cdk8s';
  import { WorkerApp, type WorkerAppProps } from 'cdk8s-worker-metrics';
  import { AlertmanagerCluster, type AlertmanagerClusterProps } from 'cdk8s-worker-metrics/stack';
  const props: WorkerAppProps = { name: 'web', image: 'example/web', workers: 2 };
  export const app = (chart: Chart): WorkerApp => new WorkerApp(chart, 'web', props);
  export const cluster = (chart: Chart, props: AlertmanagerClusterProps): AlertmanagerCluster =>
    new AlertmanagerCluster(chart, 'alertmanager', props);
  // @ts-expect-error a wrong prop is an error of the types
  export const wrong: WorkerAppProps = { name: 'web', image: 'example/web', worker: 2 };
`;

test.each([
  { resolution: 'node16', files: ['types.mts', 'types.cts'], module: 'node16' },
  { resolution: 'bundler', files: ['types.ts'], module: 'esnext' },
  { resolution: 'node10', files: ['types.ts'], module: 'commonjs' },
])('TypeScript finds the types by the resolution $resolution: $files', ({ resolution, files, module }) => {
  writeFiles(project, Object.fromEntries(files.map((file) => [file, TYPES])));
  const tsc = path.join(project, 'node_modules/typescript/bin/tsc');
  const options = ['--strict', '--noEmit', '--target', 'es2020', '--module', module];
  const args = [tsc, ...files, ...options, '--moduleResolution', resolution];
  expect(run(process.execPath, args, { cwd: project })).toEqual({ exitCode: 0, stdout: '', stderr: '' });
});

test('the schema can be found by its name', () => {
  const script = "console.log(import.meta.resolve('cdk8s-worker-metrics/schema/values.schema.json'))";
  const { stdout } = succeeded(
    run(process.execPath, ['--input-type=module', '-e', script], { cwd: project }),
  );
  expect(existsSync(new URL(stdout.trim()))).toBe(true);
});

test('npx runs the command from the tarball, in an empty folder', () => {
  const cwd = path.join(folder, 'empty');
  mkdirSync(cwd);
  const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    version: string;
  };
  const args = ['--yes', '--prefer-offline', `--package=${packed().tarball}`, 'worker-metrics', '--version'];
  expect(succeeded(run('npx', args, { cwd })).stdout).toBe(`${version}\n`);
});
