import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { filesIn, temporaryFolder, writeFiles } from './an-output-folder.js';
import { packed } from './packed.js';
import { ROOT, run, succeeded, type Ran } from './run-command.js';

// What `npm publish` would publish, installed in somebody's empty project.

const folder = temporaryFolder();
const project = path.join(folder, 'project');

beforeAll(() => {
  mkdirSync(project);
  writeFiles(project, { 'package.json': '{ "name": "theirs", "private": true, "type": "module" }' });
  const { devDependencies } = JSON.parse(ofTemplate('package.json')) as Record<
    string,
    Record<string, string>
  >;
  npm(
    project,
    'install',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    packed().tarball,
    ...['typescript', '@types/node'].map((name) => `${name}@${devDependencies?.[name]}`),
  );
}, 180_000);

/** A file that `cdk8s init typescript-app` makes a project of. */
function ofTemplate(file: string): string {
  return readFileSync(path.join(ROOT, 'node_modules/cdk8s-cli/templates/typescript-app', file), 'utf8');
}

function npm(cwd: string, ...args: string[]): Ran {
  return succeeded(run('npm', args, { cwd }));
}

test('the package holds the compiled library, the command, the schema, the files that are mounted, and nothing else', () => {
  const expected =
    /^(package\.json|README\.md|LICENSE|bin\/worker-metrics\.mjs|schema\/values\.schema\.json|src\/.*\.(py|sh)|src\/.*\.rules\.yaml|src\/init\/templates\/[\w.-]+|src\/report\/browser\/page\.(css|js)|lib\/(src|charts)\/.*\.(js|d\.ts))$/;
  expect(packed().files.filter((file) => !expected.test(file))).toEqual([]);
  expect(packed().files).toEqual(
    expect.arrayContaining([
      'lib/src/index.js',
      'lib/src/index.d.ts',
      'lib/src/cli/main.js',
      'src/report/browser/page.css',
      'src/report/browser/page.js',
    ]),
  );
});

test('the command gives the bytes of the committed dist/ for the committed values', () => {
  const command = path.join(project, 'node_modules/.bin/worker-metrics');
  const ran = run(command, ['synth', '--values', path.join(ROOT, 'values'), '--output', 'dist'], {
    cwd: project,
  });
  expect(ran).toMatchObject({
    exitCode: 0,
    stderr: expect.stringMatching(/^dist: [0-9]+ files? written/) as string,
  });
  expect(filesIn(path.join(project, 'dist'))).toEqual(filesIn(path.join(ROOT, 'dist')));
});

test('the command finds what it mounts and what it looks up, and refuses what it refuses here', () => {
  const command = path.join(project, 'node_modules/.bin/worker-metrics');
  const window = "{ component: c, days: [Mon], start: '08:00', end: '09:00', timeZone: Asia/Kolkata }";
  const values = `name: shop\nimage: example/shop\nworkers: 2\nmetrics: { exporter: gunicorn }\nserviceWindows: [${window}]\n`;
  writeFiles(project, {
    'mounted/shop.yaml': values,
    'wrong/shop.yaml': 'name: shop\nimage: a\nworkers: 0\n',
  });
  expect(run(command, ['synth', '--values', 'mounted', '--output', 'out'], { cwd: project }).exitCode).toBe(
    0,
  );
  expect(filesIn(path.join(project, 'out'))['shop.k8s.yaml']).toContain('gunicorn.conf.py');
  expect(run(command, ['synth', '--values', 'wrong', '--output', 'out'], { cwd: project })).toMatchObject({
    exitCode: 1,
    stderr:
      'wrong/shop.yaml:3: workers: expected a whole number from 1 to 100, got 0\n1 problem; nothing was written\n',
  });
});

test('the constructs can be imported, with their types', () => {
  writeFiles(project, {
    'main.ts': `
      import { App, Chart } from 'cdk8s';
      import { checkAtSynth, MetricsPorts, WorkerApp, type WorkerAppProps } from 'cdk8s-worker-metrics';
      const props: WorkerAppProps = { name: 'web', image: 'example/web', workers: 2 };
      const app = new App();
      new WorkerApp(new Chart(app, 'web'), 'web', props);
      checkAtSynth(app);
      console.log(app.synthYaml(), String(MetricsPorts.forWorkers(2, 8001)));
      // @ts-expect-error a wrong prop is an error of the types, too
      export const wrong: WorkerAppProps = { name: 'web', image: 'example/web', worker: 2 };
    `,
  });
  const options = ['--module', 'nodenext', '--target', 'es2022', '--strict', '--skipLibCheck', '--types', ''];
  succeeded(run(path.join(ROOT, 'node_modules/.bin/tsc'), ['main.ts', ...options], { cwd: project }));
  const { stdout } = succeeded(run(process.execPath, ['main.js'], { cwd: project }));
  expect(stdout).toMatch(/^apiVersion: apps\/v1\nkind: Deployment\n.*kind: ServiceMonitor\n.* 8001-8002\n$/s);
});

test('the project that cdk8s init makes takes them: CommonJS, with its own TypeScript and its own tsconfig.json', () => {
  const cwd = path.join(project, 'initialized');
  writeFiles(cwd, {
    'package.json': '{ "name": "initialized", "private": true }',
    'tsconfig.json': ofTemplate('tsconfig.json'),
    'main.ts': `
      import { InvalidPropsError, MetricsPorts, type WorkerAppProps } from 'cdk8s-worker-metrics';
      import { AlertmanagerCluster } from 'cdk8s-worker-metrics/stack';
      console.log(String(MetricsPorts.forWorkers(2, 8001)), AlertmanagerCluster.name, InvalidPropsError.name);
      // @ts-expect-error a wrong prop is an error of the types, too
      export const wrong: WorkerAppProps = { name: 'web', image: 'example/web', worker: 2 };
    `,
  });
  expect(run(path.join(project, 'node_modules/.bin/tsc'), ['--build'], { cwd })).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: '',
  });
  expect(readFileSync(path.join(cwd, 'main.js'), 'utf8')).toContain('require("cdk8s-worker-metrics/stack")');
  expect(run(process.execPath, ['main.js'], { cwd })).toMatchObject({
    exitCode: 0,
    stdout: '8001-8002 AlertmanagerCluster InvalidPropsError\n',
  });
});

test('the schema can be found by its name', () => {
  const script = "console.log(import.meta.resolve('cdk8s-worker-metrics/schema/values.schema.json'))";
  const { stdout } = succeeded(
    run(process.execPath, ['--input-type=module', '-e', script], { cwd: project }),
  );
  expect(existsSync(new URL(stdout.trim()))).toBe(true);
});
