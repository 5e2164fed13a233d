import { mkdirSync, symlinkSync } from 'node:fs';
import { HELM } from '../import-helm/helm-chart.js';
import { Workplace } from './command-line.js';

// `kind: Defaults` on the command line: which files are found, and what each command says of them.

let place: Workplace;
beforeEach(() => {
  place = new Workplace();
  place.write(
    'values/defaults.yaml',
    'kind: Defaults\nnamespace: web\nworkers: 4\nnodeSelector: { disk: hdd }\n',
  );
  place.write('values/team/defaults.yml', 'kind: Defaults\nlabels: { team: payments }\n');
  place.write('values/team/shop.yaml', 'name: shop\nimage: a/b:1\nworkers: 2\n');
  place.write('values/blog.yaml', 'name: blog\nimage: a/b:1\n');
});
afterEach(() => place.remove());

const run = (...args: readonly string[]) => place.runInside(...args);

describe('the manifests of an application are the same, whatever a run reads', () => {
  let whole: string;
  beforeEach(async () => {
    await run('synth');
    whole = place.read('dist/shop.k8s.yaml');
    expect(whole).toMatch('namespace: web');
    expect(whole).toMatch('team: payments');
  });

  test.each([
    ['one file', ['values/team/shop.yaml']],
    ['one folder', ['values/team']],
    ['a file with its Defaults', ['values/team/shop.yaml', 'values/defaults.yaml']],
    ['the folder twice', ['values', 'values/team/']],
  ])('%s', async (_, paths) => {
    const values = paths.flatMap((one) => ['--values', one]);
    const { exitCode, stderr } = await run('synth', ...values, '--output', 'other');
    expect([exitCode, stderr]).toEqual([0, expect.stringMatching(/^other: [12] files? written, [^\n]*\n$/)]);
    expect(place.read('other/shop.k8s.yaml')).toBe(whole);
  });

  test('an absolute path, from another folder', async () => {
    const output = place.path('other');
    const { exitCode } = await place.run(
      'synth',
      '--values',
      place.path('values/team/shop.yaml'),
      '--output',
      output,
    );
    expect([exitCode, place.read('other/shop.k8s.yaml')]).toEqual([0, whole]);
  });

  test('diff finds no change', async () => {
    expect((await run('diff', '--values', 'values/team/shop.yaml')).exitCode).toBe(0);
  });
});

test('a change of Defaults is a difference of each application', async () => {
  await run('synth');
  place.write('values/defaults.yaml', 'kind: Defaults\nnamespace: web\nworkers: 4\n');
  const { exitCode, stdout } = await run('diff');
  expect(exitCode).toBe(1);
  expect(stdout).toMatch('blog.k8s.yaml');
  expect(stdout).toMatch('shop.k8s.yaml');
  expect(stdout).toMatch('nodeSelector');
});

test("a file of that name above the values is another program's, unless it says otherwise", async () => {
  place.write('defaults.yaml', '{{ not: yaml\n');
  expect((await run('synth', '--values', 'values/blog.yaml')).exitCode).toBe(0);
  mkdirSync(place.path('values/team/defaults.yaml'));
  expect((await run('synth', '--values', 'values/team/shop.yaml')).exitCode).toBe(0);
  place.write('defaults.yaml', 'kind: Defaults\nwokers: 1\n---\nname: other\nimage: a/b:1\nworkers: 1\n');
  expect((await run('synth', '--values', 'values/blog.yaml')).stderr).toMatch(
    /^defaults\.yaml:2: wokers: unknown key; did you mean "workers"\?\n/,
  );
});

test('Defaults above a run of the stack alone are no warning', async () => {
  place.write(
    'values/am.yaml',
    'kind: AlertmanagerCluster\nname: am\npeers: 1\nconfigFrom: { secret: a, key: b }\n',
  );
  const { stderr } = await run('synth', '--values', 'values/am.yaml');
  expect(stderr).not.toMatch('defaults.yaml');
});

test('a link to a file of Defaults holds for the folder of the link', async () => {
  place.write('values/other/cart.yaml', 'name: cart\nimage: a/b:1\n');
  symlinkSync('../team/defaults.yml', place.path('values/other/defaults.yml'));
  await run('synth');
  expect(place.read('dist/cart.k8s.yaml')).toMatch('team: payments');
  expect(place.read('dist/shop.k8s.yaml')).toMatch('team: payments');
});

test('explain names the file and line of each value', async () => {
  const { stdout } = await run('explain', 'shop', '--values', 'values/team/shop.yaml');
  expect(stdout).toMatch(/^namespace +web +values\/defaults\.yaml:2$/m);
  expect(stdout).toMatch(
    /^workers +2 +values\/team\/shop\.yaml:3, in place of 4 in values\/defaults\.yaml:3$/m,
  );
  expect(stdout).toMatch(/^labels\.team +payments +values\/team\/defaults\.yml:2$/m);
  const json = await run('explain', 'shop', '--format', 'json');
  const [{ values }] = (JSON.parse(json.stdout) as { explanations: [{ values: { field: string }[] }] })
    .explanations;
  expect(values.find(({ field }) => field === 'nodeSelector.disk')).toMatchObject({
    origin: { file: 'values/defaults.yaml', line: 4, field: 'nodeSelector.disk' },
  });
});

test('explain is not silenced by Defaults of another folder, but by its own', async () => {
  place.write('values/other/defaults.yaml', 'kind: Defaults\nwokers: 1\n');
  expect((await run('explain', 'shop')).exitCode).toBe(0);
  place.write('values/team/defaults.yml', 'kind: Defaults\nwokers: 1\n');
  expect((await run('explain', 'shop')).stderr).toMatch(
    /^values\/team\/defaults\.yml:2: wokers: unknown key/,
  );
});

describe('set writes into the file of the application', () => {
  test('and names the value of Defaults that holds no longer', async () => {
    const { stdout } = await run('set', 'blog.nodeSelector.disk=ssd', 'blog.workers=6');
    expect(stdout).toBe(
      'values/blog.yaml:4: nodeSelector.disk: ssd; added, in place of hdd in values/defaults.yaml:4\n' +
        'values/blog.yaml:5: workers: 6; added, in place of 4 in values/defaults.yaml:3\n',
    );
    expect(place.read('values/blog.yaml')).toBe(
      'name: blog\nimage: a/b:1\nnodeSelector:\n  disk: ssd\nworkers: 6\n',
    );
    expect(place.read('values/defaults.yaml')).toMatch('hdd');
  });

  test('null removes the value of Defaults', async () => {
    const { stdout } = await run('set', 'blog.nodeSelector=null', '--values', 'values/blog.yaml');
    expect(stdout).toBe(
      'values/blog.yaml:3: nodeSelector: null; added, in place of {"disk":"hdd"} in values/defaults.yaml:4\n',
    );
    await run('synth');
    expect(place.read('dist/blog.k8s.yaml')).not.toMatch('nodeSelector');
    expect((await run('set', 'blog.nodeSelecto=null')).stderr).toMatch('did you mean "nodeSelector"?');
  });

  test('in an environment, too', async () => {
    place.write('values/blog.yaml', 'name: blog\nimage: a/b:1\nenvironments:\n  dev:\n  production:\n');
    const { stdout } = await run('set', 'blog.nodeSelector.disk=null', '--environment', 'dev');
    expect(stdout).toBe(
      'values/blog.yaml:6: environments.dev.nodeSelector.disk: null; added, in place of hdd in values/defaults.yaml:4\n',
    );
    await run('synth');
    expect(place.read('dist/dev/blog.k8s.yaml')).not.toMatch('disk: hdd');
    expect(place.read('dist/production/blog.k8s.yaml')).toMatch('disk: hdd');
  });

  test('a value that Defaults make wrong is refused, and nothing is written', async () => {
    const { exitCode, stderr } = await run('set', 'blog.metrics.startPort=7998');
    expect([exitCode, stderr]).toEqual([
      1,
      'set blog.metrics.startPort=7998: ports 7998-8001 of 4 workers cover http.port 8000; set metrics.startPort to 8001 or above; workers comes from values/defaults.yaml:3\n1 problem; nothing was written\n',
    ]);
  });
});

test('a host that several applications would take is a warning', async () => {
  place.write('values/defaults.yaml', 'kind: Defaults\nworkers: 1\ningress: { host: a.example.com }\n');

  const { exitCode, stderr } = await run('synth');

  expect(exitCode).toBe(0);
  expect(stderr).toContain(
    'Ingress default/shop: spec.rules[0].http.paths[0]: Ingress default/blog has a.example.com/, too, and only one of the two gets its requests; choose another host or path for one of them',
  );
});

describe('objects and patches in Defaults', () => {
  test('an object that several applications would write is refused at its line', async () => {
    place.write(
      'values/defaults.yaml',
      'kind: Defaults\nworkers: 1\nobjects:\n  - { apiVersion: v1, kind: ConfigMap, metadata: { name: shared } }\n',
    );
    expect((await run('synth')).stderr).toBe(
      `values/defaults.yaml:4:5: ConfigMap default/shared: blog.k8s.yaml contains this object too; write it in the file of one application
  --> values/defaults.yaml:4:5
  4 |   - { apiVersion: v1, kind: ConfigMap, metadata: { name: shared } }
    |     ${'^'.repeat(63)}
1 problem; nothing was written
`,
    );
  });

  test('a patch without a target names the application', async () => {
    place.write(
      'values/defaults.yaml',
      'kind: Defaults\nworkers: 1\npatches:\n  - { target: { kind: Job, name: x }, merge: { a: b } }\n',
    );
    const { stderr } = await run('synth', '--values', 'values/team/shop.yaml');
    expect(stderr).toMatch(
      /^values\/defaults\.yaml:4: patches\[0\]\.target: in shop \(values\/team\/shop\.yaml:1\): there is no Job x; known are /,
    );
  });

  test('a finished object that is wrong is placed at the line of Defaults', async () => {
    place.write(
      'values/defaults.yaml',
      'kind: Defaults\nworkers: 1\ninitContainers:\n  fetch: { image: c, volumeMounts: [{ name: none, mountPath: /x }] }\n',
    );
    const { stderr } = await run('synth', '--values', 'values/blog.yaml');
    expect(stderr).toMatch(
      /^values\/defaults\.yaml:4: Deployment default\/blog: .*"none" is not a volume of the pod; caused by initContainers\.fetch/,
    );
  });
});

test('the message names each of the applications with one job label from Defaults', async () => {
  place.write(
    'values/defaults.yaml',
    'kind: Defaults\nworkers: 1\nalerts: true\nmetrics: { jobLabel: team }\nlabels: { team: a }\n',
  );
  place.write('values/team/defaults.yml', 'kind: Defaults\n');
  expect((await run('synth')).stderr).toMatch(
    /^values\/team\/shop\.yaml:1: name: targets have job "a" in namespace default, like those of blog in values\/blog\.yaml:1/,
  );
});

test('init checks a new application together with the Defaults above it', async () => {
  place.write(
    'values/defaults.yaml',
    'kind: Defaults\nhttp: { healthHost: a.example }\nmetrics: { startPort: 7999 }\n',
  );
  const { exitCode, stderr } = await run(
    'init',
    '.',
    '--name',
    'cart',
    '--image',
    'a/b:1',
    '--workers',
    '4',
    '--port',
    '8000',
  );
  expect([exitCode, stderr]).toEqual([
    1,
    expect.stringMatching(/values\/defaults\.yaml:3: metrics\.startPort: in cart/),
  ]);
});

test('import-helm warns of Defaults that hold for the new file', async () => {
  const chart = place.write('chart/values.yaml', HELM);
  for (const more of [['--dry-run'], []]) {
    const { stderr } = await run(
      'import-helm',
      chart,
      '--name',
      'cart',
      '--output',
      'values/cart.yaml',
      ...more,
    );
    expect(stderr).toMatch(
      'warning: values/defaults.yaml:1: kind: these values hold for values/cart.yaml, too: its manifests may differ from those of the chart; see them with worker-metrics explain; null in the file removes a value\n',
    );
  }
});

test('a broken link in place of Defaults is a problem of every run', async () => {
  symlinkSync('nowhere', place.path('values/team/defaults.yaml'));
  for (const values of ['values', 'values/team/shop.yaml'])
    expect((await run('synth', '--values', values)).stderr).toMatch(
      'values/team/defaults.yaml: a broken link to "nowhere"; mend it, or remove it\n',
    );
});
