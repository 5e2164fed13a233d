import { chmodSync, lstatSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { leftBeside } from '../an-output-folder.js';
import { Workplace } from './command-line.js';

const SHOP = `# Values of the shop.
name: shop   # a DNS label
image: 'example/shop:v1'   # CI writes the tag

workers: 2
env:
    # for people
    LOG_LEVEL: "info"
environments:
    dev:
    production: { image: 'example/shop:v0', workers: 8 }
`;

let place: Workplace;
beforeEach(() => {
  place = new Workplace();
  place.write('values/shop.yaml', SHOP);
});
afterEach(() => place.remove());

const set = (...args: readonly string[]) => place.runInside('set', ...args);
const shop = () => readFileSync(place.path('values/shop.yaml'), 'utf8');

describe('set', () => {
  test('changes a value where it is written, and nothing else', async () => {
    const ran = await set('shop.env.LOG_LEVEL=debug', 'shop.namespace=web');
    expect(ran).toEqual({
      exitCode: 0,
      stdout: 'values/shop.yaml:8: env.LOG_LEVEL: info → debug\nvalues/shop.yaml:9: namespace: web; added\n',
      stderr: '',
    });
    expect(shop()).toBe(SHOP.replace('"info"\n', '"debug"\nnamespace: web\n'));
  });

  test('keeps quotes, and warns of an environment that keeps its own value', async () => {
    const { stdout, stderr } = await set('shop.image=example/shop:v2');
    expect(stdout).toBe('values/shop.yaml:3: image: example/shop:v1 → example/shop:v2\n');
    expect(stderr).toBe(
      'warning: values/shop.yaml:11: environments.production.image: production keeps this value of its own; change it with --environment production\n',
    );
    expect(shop()).toBe(SHOP.replace("'example/shop:v1'", "'example/shop:v2'"));
  });

  test('changes the section of an environment with --environment', async () => {
    const { stdout } = await set(
      'shop.image=example/shop:v2',
      'shop.replicas=3',
      '--environment',
      'production',
    );
    expect(stdout).toBe(
      'values/shop.yaml:11: environments.production.image: example/shop:v0 → example/shop:v2\n' +
        'values/shop.yaml:11: environments.production.replicas: 3; added\n',
    );
    expect(shop()).toMatch("    production: { image: 'example/shop:v2', workers: 8, replicas: 3 }\n");
  });

  test('writes null in an environment to remove a value of the base', async () => {
    await set('shop.env.LOG_LEVEL=null', '--environment', 'dev');
    expect(shop()).toMatch('    dev:\n        env:\n            LOG_LEVEL: null\n');
    expect((await place.runInside('synth')).exitCode).toBe(0);
    await set('shop.env.LOG_LEVEL=null', 'shop.env.DEBUG="1"', '--environment', 'production');
    expect(shop()).toMatch("workers: 8, env: { LOG_LEVEL: null, DEBUG: '1' } }\n");
  });

  test('adds keys in the style of the file, and removes them with null', async () => {
    const { stdout } = await set('shop.metrics.interval=15s', 'shop.env.LOG_LEVEL=null');
    expect(stdout).toBe(
      'values/shop.yaml:9: metrics.interval: 15s; added\nvalues/shop.yaml:8: env.LOG_LEVEL: info; removed\n',
    );
    expect(shop()).toMatch('env: {}\n    # for people\nmetrics:\n    interval: 15s\nenvironments:\n');
    expect((await place.runInside('synth')).exitCode).toBe(0);
  });

  test('says that a value is set already', async () => {
    expect((await set('shop.workers=2')).stdout).toBe('values/shop.yaml:5: workers: 2; unchanged\n');
    expect((await set('shop.dashboard=null')).stdout).toMatch('dashboard: not set; unchanged\n');
    expect((await set('shop.http.port=null')).stdout).toMatch('http.port: not set; unchanged\n');
    expect(shop()).toBe(SHOP);
  });

  test.each([
    [
      ['shop.workers', '4'],
      'set shop.workers 4: expected NAME.KEY=VALUE, .*; write = without spaces around it',
    ],
    [['shop.env.DB_PASSWORD', 'hunter2'], 'set shop.env.DB_PASSWORD \\*\\*\\*: expected NAME.KEY=VALUE'],
  ])('refuses %j, which a space splits', async (values, message) => {
    const { exitCode, stderr } = await set(...values);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(new RegExp(`^${message}`));
  });

  test.each([
    ['command.length=5', 'expected a list, which has no key length', 'command', ''],
    ['command.0=python', 'expected a list, which has no key 0', 'command', ''],
    ['tolerations.0.key=spot', 'expected a list, which has no key 0', 'tolerations', ''],
    ['sidecars.proxy.args.0=a', 'expected a list, which has no key 0', 'sidecars.proxy.args', ''],
    ['workers.toFixed=2', 'in dev: expected a whole number from 1 to 100, which has no key toFixed', 'workers', ''],
    ['http.port.x=null', 'expected a whole number from 1 to 65535, which has no key x', 'http.port', ', or write "\\." for a dot in a key'],
  ])('refuses %s, which leads into a list or a single value', async (value, message, whole, also) => {
    const { stderr } = await set(`shop.${value}`);
    expect(stderr).toContain(`set shop.${value}: ${whole}: ${message}; set all of it: set 'shop.${whole}=…'${also}\n`);
    expect(shop()).toBe(SHOP);
  }); // prettier-ignore

  test('refuses a path into a list of an environment', async () => {
    const { stderr } = await set('shop.command.1=x', '--environment', 'dev');
    expect(stderr).toContain(
      "set shop.command.1=x: environments.dev.command: expected a list, which has no key 1; set all of it: set 'shop.command=…'\n",
    );
  });

  test.each(['constructor', 'toString', '__proto__', 'http.hasOwnProperty'])(
    'refuses %s, a key that JavaScript has a meaning for, as any unknown key',
    async (key) => {
      const { stderr } = await set(`shop.${key}=1`);
      expect(stderr).toMatch(/: (unknown key|a reserved name); /);
      expect(shop()).toBe(SHOP);
    },
  );

  test('finds the document of an application among several in a file', async () => {
    const two = `${SHOP}---\nname: blog\nimage: example/blog:v1\nworkers: 1\n`;
    place.write('values/shop.yaml', two);
    expect((await set('blog.image=example/blog:v2')).stdout).toBe(
      'values/shop.yaml:14: image: example/blog:v1 → example/blog:v2\n',
    );
    expect(shop()).toBe(two.replace('blog:v1', 'blog:v2'));
  });

  test.each([
    ['shop.workers=0', 'in dev: expected a whole number from 1 to 100, got 0'],
    ['shop.imge=a/b', 'unknown key; did you mean "image"?'],
    ['shp.image=a/b', '"shp" is not the name of an application; known are shop; did you mean "shop"?'],
    ['shop.env.LOG_LEVL=null', 'null removes a value, but there is none; did you mean "LOG_LEVEL"?'],
    ['shop.image=123', 'in dev: expected an image reference'],
    ['shop.workers=null', 'in dev: missing; expected a whole number from 1 to 100'],
    ['image=a/b', 'expected NAME.KEY=VALUE'],
    [
      'shop.labels.a=@b',
      `not YAML: end of the stream or a document separator is expected; put it in quotes: set 'shop.labels.a="@b"'`,
    ],
  ])('refuses %s, and writes nothing', async (value, message) => {
    const { exitCode, stdout, stderr } = await set(value, 'shop.replicas=2');
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toContain(`set ${value}: ${message}`);
    expect(stderr).toMatch(/\n1 problem; nothing was written\n$/);
    expect(shop()).toBe(SHOP);
  });

  test('refuses an environment that the application does not have', async () => {
    const { stderr } = await set('shop.replicas=2', '--environment', 'prodution');
    expect(stderr).toBe(
      'set shop.replicas=2: shop has no environment prodution; known are dev, production; did you mean "production"?\n1 problem; nothing was written\n',
    );
  });

  test('refuses values that do not fit together', async () => {
    const { exitCode, stderr } = await set('shop.metrics.startPort=7999');
    expect([exitCode, shop()]).toEqual([1, SHOP]);
    expect(stderr).toMatch(
      'set shop.metrics.startPort=7999: in dev: ports 7999-8000 of 2 workers cover http.port 8000',
    );
  });

  test('refuses a value that is written once and used twice', async () => {
    const text = `${SHOP.replace("'example/shop:v1'", "&image 'example/shop:v1'").replace("'example/shop:v0'", '*image')}`;
    place.write('values/shop.yaml', text);
    expect((await set('shop.image=example/shop:v2')).stderr).toBe(
      'values/shop.yaml:3: image: *image refers to this value in another place, which would change too; write the value out there\n1 problem; nothing was written\n',
    );
    expect(shop()).toBe(text);
  });

  test('ignores problems of other files', async () => {
    place.write('values/wrong.yaml', 'name: wrong\nimage: a/b\nworkers: 0\n');
    expect((await set('shop.workers=4')).exitCode).toBe(0);
    place.write('values/wrong.yaml', '{');
    expect((await set('blog.workers=4')).stderr).toMatch('values/wrong.yaml:1:2: not YAML');
  });

  test('refuses the name of another application', async () => {
    place.write('values/blog.yaml', 'name: blog\nimage: a/b\nworkers: 1\nenvironments: { dev: }\n');
    expect((await set('shop.name=blog')).stderr).toMatch('has this name too');
  });

  test('changes nothing with --dry-run, and prints the same', async () => {
    expect((await set('shop.workers=4', '--dry-run')).stdout).toBe('values/shop.yaml:5: workers: 2 → 4\n');
    expect(shop()).toBe(SHOP);
  });

  test('prints its changes as JSON', async () => {
    const { stdout } = await set('shop.workers=4', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({
      edits: [{ file: 'values/shop.yaml', line: 5, field: 'workers', before: 2, after: 4, isChanged: true }],
      written: ['values/shop.yaml'],
    });
  });

  test('keeps a byte order mark, permissions, and a link to the file', async () => {
    const real = place.write('shop.yaml', `\uFEFF${SHOP.replaceAll('\n', '\r\n')}`);
    chmodSync(real, 0o640);
    symlinkSync('../shop.yaml', place.path('values/link.yaml'));
    await place.runInside('set', 'shop.workers=4', '--values', 'values/link.yaml');
    expect(lstatSync(place.path('values/link.yaml')).isSymbolicLink()).toBe(true);
    expect(statSync(real).mode & 0o777).toBe(0o640);
    expect(readFileSync(real, 'utf8')).toBe(
      `\uFEFF${SHOP.replace('workers: 2', 'workers: 4').replaceAll('\n', '\r\n')}`,
    );
    expect(leftBeside(real)).toEqual(['values']);
  });

  test('does not print a secret', async () => {
    const { stdout } = await set(
      'shop.env.DB_PASSWORD=hunter2',
      'shop.env.URL=postgres://shop:hunter2@db/shop',
    );
    expect(stdout).toBe(
      'values/shop.yaml:9: env.DB_PASSWORD: ***; added\nvalues/shop.yaml:10: env.URL: postgres://shop:***@db/shop; added\n',
    );
  });
});
