import { existsSync } from 'node:fs';
import { readManifests } from '../../src/checks/read-manifests.js';
import { Workplace } from './command-line.js';

const APP = 'image: a/b:1\nworkers: 2\n';
const SHOP = `name: shop\n${APP}environments: { dev: {}, live: { replicas: 2 } }\n`;
const BLOG = `name: blog\n${APP}`;

let place: Workplace;
beforeEach(() => {
  place = new Workplace();
});
afterEach(() => place.remove());

const printed = (...flags: string[]) => place.runInside('synth', '--output', '-', ...flags);

test('synth --output - prints the manifests of all applications as one stream, and nothing else', async () => {
  place.write('values/shop.yaml', `name: shop\n${APP}`);
  place.write('values/blog.yaml', BLOG);
  const { exitCode, stdout, stderr } = await printed();
  expect([exitCode, stderr, existsSync(place.path('dist'))]).toEqual([0, '', false]);
  const { objects, problems } = readManifests('stream', stdout);
  expect(problems).toEqual([]);
  expect(objects.map(({ manifest: { kind, metadata } }) => [kind, metadata])).toMatchObject(
    ['blog', 'shop'].flatMap((name) =>
      ['Deployment', 'Service', 'ServiceMonitor'].map((kind) => [kind, { name }]),
    ),
  );
  expect((await printed()).stdout).toBe(stdout);
});

test('the stream has the bytes of the file', async () => {
  place.write('values/blog.yaml', BLOG);
  const { stdout } = await printed();
  await place.runInside('synth');
  expect(place.read('dist/blog.k8s.yaml')).toBe(stdout);
});

describe('several environments', () => {
  beforeEach(() => {
    place.write('values/shop.yaml', SHOP);
  });

  test('are refused: one stream is applied to one place', async () => {
    expect(await printed()).toEqual({
      exitCode: 1,
      stdout: '',
      stderr:
        '--output: standard output takes the manifests of one environment, and these values describe "dev", "live"; choose one with --environment\n' +
        '1 problem; nothing was printed\n',
    });
  });

  test('are refused beside an application without environments, too', async () => {
    place.write('values/blog.yaml', BLOG);
    expect((await printed('--environment', 'live', '--environment', 'dev')).exitCode).toBe(1);
    expect((await printed()).stderr).toContain(
      'describe "dev", "live", applications without environments; choose one with --environment, or the files with --values\n',
    );
  });

  test('can be printed one by one', async () => {
    const { exitCode, stdout, stderr } = await printed('--environment', 'live');
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toContain('replicas: 2\n');
  });
});

test('with a problem in one application nothing is printed', async () => {
  place.write('values/blog.yaml', BLOG);
  place.write('values/shop.yaml', `name: shop\n${APP.replace('2', '0')}`);
  for (const format of ['text', 'github']) {
    const { exitCode, stdout, stderr } = await printed('--format', format);
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/shop\.yaml.*, got 0\n[^]*1 problem; nothing was printed\n$/);
  }
});

test('as JSON, the stream is the text beside the diagnostics', async () => {
  place.write('values/blog.yaml', BLOG);
  const { stdout: text } = await printed();
  const { stdout, stderr } = await printed('--format', 'json');
  expect([JSON.parse(stdout), stderr]).toEqual([{ diagnostics: [], text }, '']);
});

test('a note goes to standard error, as an annotation too', async () => {
  place.write(
    'values/peers.yaml',
    'kind: AlertmanagerCluster\nname: main\npeers: 2\nconfig: { route: { receiver: none }, receivers: [{ name: none }] }\n',
  );
  const { stdout, stderr } = await printed('--format', 'github');
  expect(stderr).toMatch(/^::notice file=values\/peers\.yaml,line=3,.*title=peers::2 is even/);
  expect(stdout).toMatch(/^apiVersion: /);
  expect((await printed('--quiet')).stderr).toBe('');
});

test('objects for Argo CD are not in the stream, and standard error says so', async () => {
  place.write('values/blog.yaml', `${BLOG}delivery: { argocd: { repo: https://example.com/gitops.git } }\n`);
  const { exitCode, stdout, stderr } = await printed();
  expect([exitCode, stderr]).toEqual([
    0,
    '1 file for Argo CD or Flux not printed; synth writes them to a folder\n',
  ]);
  expect(stdout).not.toContain('argoproj');
});

test('flags of a folder are refused with standard output', async () => {
  place.write('values/blog.yaml', BLOG);
  expect(await printed('--prune', '--dry-run')).toEqual({
    exitCode: 1,
    stdout: '',
    stderr:
      '--prune: with --output -, nothing is written to a file; leave it out\n' +
      '--dry-run: with --output -, nothing is written to a file; leave it out\n' +
      '2 problems; nothing was printed\n',
  });
});
