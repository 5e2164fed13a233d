import { existsSync } from 'node:fs';
import path from 'node:path';
import { filesIn } from '../an-output-folder.js';
import { Workplace } from './command-line.js';

const SHOP = `name: shop
image: example/shop:v1
workers: 2
env: { LOG_LEVEL: info }
environments:
  dev:
  production: { image: example/shop:v0, workers: 8 }
`;
const BLOG = 'name: blog\nimage: example/blog:v1\nworkers: 3\n';

let place: Workplace;
beforeEach(() => {
  place = new Workplace();
  place.write('values/shop.yaml', SHOP);
  place.write('values/blog.yaml', BLOG);
});
afterEach(() => place.remove());

/** Runs synth with these values of --set. @returns the messages */
async function synth(...sets: readonly string[]) {
  return (await place.runInside('synth', ...sets.flatMap((set) => ['--set', set]))).stderr;
}

/** A manifest file; undefined if there is none. */
const manifest = (name: string) => filesIn(place.path(`dist/${path.dirname(name)}`))[path.basename(name)];

describe('--set', () => {
  test('gives an application another image in this run, over its environments too', async () => {
    await synth('shop.image=example/shop:v2');
    expect(manifest('dev/shop.k8s.yaml')).toContain('image: example/shop:v2\n');
    expect(manifest('production/shop.k8s.yaml')).toContain('image: example/shop:v2\n');
    expect(manifest('blog.k8s.yaml')).toContain('image: example/blog:v1\n');

    await synth();
    expect(manifest('production/shop.k8s.yaml')).toContain('image: example/shop:v0\n');
  });

  test('may be repeated: the last value of a key counts, and maps merge', async () => {
    await synth('blog.env={A: x, B: x}', 'blog.env.B=y', 'blog.env={C: z}', 'shop.workers=4');
    expect(manifest('blog.k8s.yaml')).toMatch(
      /name: A\n +value: x\n +- name: B\n +value: 'y'\n +- name: C\n +value: z\n/,
    );
    expect(manifest('dev/shop.k8s.yaml')).toMatch(/name: WEB_CONCURRENCY\n +value: '4'\n/);
  });

  test('removes a value by null, and takes a dot in a key after a backslash', async () => {
    await synth('shop.env.LOG_LEVEL=null', String.raw`shop.labels.example\.com/team=a`);
    expect(manifest('dev/shop.k8s.yaml')).not.toContain('LOG_LEVEL');
    expect(manifest('dev/shop.k8s.yaml')).toContain('example.com/team: a\n');
  });

  test.each([
    ['shop.workers=0', 'expected a whole number from 1 to 100, got 0'],
    ['shop.workers="8"', 'expected a whole number from 1 to 100, got "8"; remove the quotes'],
    ['shop.workers=null', 'missing; expected a whole number from 1 to 100'],
    ['shop.imge=example/shop:v2', 'unknown key; did you mean "image"?'],
    [
      'shop.command.length=5',
      "command: expected a list, which has no key length; set all of it: --set 'shop.command=…'",
    ],
    ['shop.metrics.intervall=3s', 'unknown key; did you mean "interval"?'],
    ['shop.env.LOG_LEVL=null', 'null removes a value, but there is none; did you mean "LOG_LEVEL"?'],
    ['shp.image=a/b', '"shp" is not the name of an application; known are blog, shop; did you mean "shop"?'],
    ['image=a/b', 'expected NAME.KEY=VALUE, such as shop.image=registry.example.com/shop:v2'],
    ['shop.image', 'expected NAME.KEY=VALUE, such as shop.image=registry.example.com/shop:v2'],
    ['shop..image=a', 'expected NAME.KEY=VALUE, such as shop.image=registry.example.com/shop:v2'],
    ['shop.image=', `no value after "="; write null to remove the value, or '""' for an empty text`],
    ['shop.kind=PrometheusServer', 'the kind of a document cannot be set'],
    ['shop.http={port: 1, port: 2}', 'port is given twice; remove one of the two'],
  ])('refuses %s, and names the option', async (set, message) => {
    expect(await synth(set)).toBe(`--set ${set}: ${message}\n1 problem; nothing was written\n`);
    expect(existsSync(place.path('dist'))).toBe(false);
  });

  test.each(['123', '1e3', 'true'])('refuses %s for a text, and shows how to quote it', async (value) => {
    const expected = 'expected text, { secret, key }, { configMap, key }, { field } or { resource }';
    expect(await synth(`shop.env.A=${value}`)).toBe(
      `--set shop.env.A=${value}: ${expected}, got ${value === '1e3' ? '1000' : value}; ` +
        `put it in quotes: --set 'shop.env.A="${value}"'\n1 problem; nothing was written\n`,
    );
    await synth(`shop.env.A="${value}"`);
    expect(manifest('dev/shop.k8s.yaml')).toContain(`value: '${value}'\n`);
  });

  test.each(['*', '{a', 'a #b', '@a'])('refuses %s, which is not this text in YAML', async (value) => {
    expect(await synth(`shop.env.A=${value}`)).toMatch(
      `; put it in quotes: --set 'shop.env.A=${JSON.stringify(value)}'\n`,
    );
  });

  test('names the key below it that is wrong, and the place in the file of another key', async () => {
    expect(await synth('shop.http={prot: 80}')).toMatch(
      '--set shop.http={prot: 80}: http.prot: unknown key; did you mean "port"?\n',
    );
    place.write('values/blog.yaml', `${BLOG}replicas: -1\n`);
    expect(await synth('shop.workers=4')).toMatch('values/blog.yaml:4: replicas: expected');
  });

  test('names the environments in which the value is wrong', async () => {
    expect(await synth('shop.metrics.startPort=7997')).toMatch(
      /^--set shop\.metrics\.startPort=7997: in production: ports 7997-8004 of 8 workers cover http.port/,
    );
  });

  test('does not narrow the run: manifests that no values describe are deleted', async () => {
    await synth();
    place.write('values/blog.yaml', BLOG.replace('blog', 'news'));
    expect(await synth('shop.workers=4')).toMatch('dist/blog.k8s.yaml: removed: no values describe it\n');
  });

  test('refuses an application that this run does not write', async () => {
    const { stderr } = await place.runInside('synth', '--environment', 'dev', '--set', 'blog.workers=4');
    expect(stderr).toMatch(
      '--set blog.workers=4: "blog" is not the name of an application; known are shop\n',
    );
  });

  test('has the same meaning for diff and costs', async () => {
    await synth();
    const diff = await place.runInside('diff', '--set', 'blog.image=example/blog:v2');
    expect(diff.exitCode).toBe(1);
    expect(diff.stdout).toMatch('image: "example/blog:v1" → "example/blog:v2"');
    expect(diff.stdout).toMatch('1 file differs');
    const { stdout } = await place.runInside('costs', '--set', 'blog.workers=7');
    expect(stdout).toMatch('blog: 7 workers in each of 1 pod\n');
  });

  test('is the origin of a value that explain shows', async () => {
    const set = ['--set', 'shop.image=example/shop:v2', '--set', 'blog.workers=4'];
    const { stdout } = await place.runInside('explain', 'shop', ...set);
    expect(stdout).toMatch(
      /^image +example\/shop:v2 +--set shop\.image=example\/shop:v2, in place of example\/shop:v1 in line 2$/m,
    );
    expect(stdout).toMatch(
      /^image +example\/shop:v2 +--set shop\.image=example\/shop:v2, in place of example\/shop:v0 in line 7$/m,
    );
    const unknown = await place.runInside('explain', 'shop', '--set', 'blg.workers=4');
    expect(unknown.stderr).toMatch('--set blg.workers=4: "blg" is not the name of an application');
  });

  test('hides a secret in its place', async () => {
    expect(await synth('shop.env.DB_PASSWORD=12345')).toMatch(/^--set shop\.env\.DB_PASSWORD=\*\*\*: /);
  });
});
