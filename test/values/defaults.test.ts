import fc from 'fast-check';
import { KEYS } from '../../src/worker-app/keys/index.js';
import { messages, parsed, SHOP, specOf } from './parsed-files.js';

describe('Defaults hold for the applications of their folder and below', () => {
  test('an inner folder wins over an outer one, and the application over both', () => {
    const files = {
      'values/defaults.yaml': 'kind: Defaults\nnamespace: web\nworkers: 4\nreplicas: 2\n',
      'values/team/defaults.yaml': 'kind: Defaults\nworkers: 6\nreplicas: 3\n',
      'values/team/shop.yaml': `${SHOP}replicas: 5\n`,
    };
    expect(specOf(files, 'shop')).toMatchObject({ namespace: 'web', workers: 6, replicas: 5 });
  });

  test('not for applications beside or above the folder', () => {
    const files = {
      'values/team/defaults.yaml': 'kind: Defaults\nworkers: 6\n',
      'values/team/shop.yaml': SHOP,
      'values/teams/blog.yaml': 'name: blog\nimage: a/b:1\n',
      'values/home.yaml': 'name: home\nimage: a/b:1\n',
    };
    expect(messages(files)).toEqual([
      expect.stringMatching(/^values\/teams\/blog\.yaml:1: workers: missing/),
      expect.stringMatching(/^values\/home\.yaml:1: workers: missing/),
    ]);
  });

  test('maps merge, lists replace, and null removes, as in environments', () => {
    const files = {
      'values/defaults.yaml':
        'kind: Defaults\nworkers: 1\nenv: { A: a, B: b, C: { secret: s, key: k } }\nargs: [a, b]\nnodeSelector: { disk: ssd }\n',
      'values/shop.yaml': `${SHOP}env: { B: null, C: { configMap: c, key: k }, D: d }\nargs: [c]\nnodeSelector: null\n`,
    };
    const spec = specOf(files, 'shop');
    expect(spec).toMatchObject({ env: { A: 'a', C: { configMap: 'c', key: 'k' }, D: 'd' }, args: ['c'] });
    expect(spec.nodeSelector).toBeUndefined();
  });

  test('null that is a value stays one: resources: null means none', () => {
    const files = {
      'values/defaults.yaml': 'kind: Defaults\nworkers: 1\nresources: { limits: { memory: 1Gi } }\n',
      'values/shop.yaml': `${SHOP}resources: null\n`,
    };
    expect(specOf(files, 'shop').resources).toEqual({ limits: {}, requests: {} });
  });

  test("the application's environment wins over all", () => {
    const files = {
      'values/defaults.yaml': 'kind: Defaults\nworkers: 4\n',
      'values/shop.yaml': `${SHOP}workers: 5\nenvironments: { dev: { workers: 1 }, production: {} }\n`,
    };
    expect(specOf(files, 'shop', 'dev').workers).toBe(1);
    expect(specOf(files, 'shop', 'production').workers).toBe(5);
  });

  test('an environment of Defaults applies to the applications that have it, below their own values', () => {
    const files = {
      'values/defaults.yaml':
        'kind: Defaults\nworkers: 2\nreplicas: 1\nenvironments: { production: { replicas: 3, workers: 8 } }\n',
      'values/shop.yaml': `${SHOP}workers: 5\nenvironments: { dev: {}, production: {} }\n`,
      'values/blog.yaml': 'name: blog\nimage: a/b:1\n',
    };
    expect(specOf(files, 'shop', 'dev')).toMatchObject({ workers: 5, replicas: 1 });
    expect(specOf(files, 'shop', 'production')).toMatchObject({ workers: 5, replicas: 3 });
    expect(specOf(files, 'blog')).toMatchObject({ workers: 2, replicas: 1 });
  });

  test('delivery is shared, too', () => {
    const files = {
      'values/defaults.yaml': 'kind: Defaults\nworkers: 1\ndelivery: { argocd: { repo: "https://a/b" } }\n',
      'values/shop.yaml': SHOP,
    };
    expect(parsed(files).values).toMatchObject([{ delivery: { argocd: { repo: 'https://a/b' } } }]);
  });

  test('they hold for applications only, not for the stack', () => {
    const files = {
      'values/defaults.yaml': 'kind: Defaults\nnamespace: web\nworkers: 1\n',
      'values/shop.yaml': SHOP,
      'values/alerts.yaml':
        'kind: AlertmanagerCluster\nname: alerts\npeers: 1\nconfigFrom: { secret: a, key: b }\n',
    };
    expect(specOf(files, 'alerts').namespace).toBe('default');
  });

  test('a file may contain them and applications', () => {
    const files = { 'values/defaults.yml': `${SHOP}---\nkind: Defaults\nworkers: 3\n` };
    expect(specOf(files, 'shop').workers).toBe(3);
  });

  test('in a stream, they hold for the stream alone', () => {
    const files = {
      'values/defaults.yaml': 'kind: Defaults\nworkers: 3\nnamespace: web\n',
      'values/blog.yaml': 'name: blog\nimage: a/b:1\n',
      '<stdin>': `${SHOP}---\nkind: Defaults\nworkers: 7\n`,
    };
    expect(specOf(files, 'shop')).toMatchObject({ workers: 7, namespace: 'default' });
    expect(specOf(files, 'blog')).toMatchObject({ workers: 3, namespace: 'web' });
  });

  test('--set wins over all', () => {
    const set = { given: '--set shop.workers=9', name: 'shop', path: ['workers'], value: 9, asText: '' };
    const files = { 'values/defaults.yaml': 'kind: Defaults\nworkers: 3\n', 'values/shop.yaml': SHOP };
    expect(parsed(files, { sets: [set] }).values).toMatchObject([{ spec: { workers: 9 } }]);
  });
});

test('for all keys: an application is the same, whichever of its keys are in Defaults', () => {
  const examples = Object.entries(KEYS)
    .filter(([key]) => key !== 'name')
    .map(([key, { example }]) => [key, example] as const);
  const some = fc.subarray(examples, { maxLength: 6 });
  fc.assert(
    fc.property(some, some, (shared, own) => {
      const inDefaults = { 'values/defaults.yaml': written({ kind: 'Defaults' }, shared) };
      const REQUIRED = { name: 'shop', image: 'a/b:1', workers: 2 };
      const over = parsed({ ...inDefaults, 'values/shop.yaml': written(REQUIRED, own) });
      const alone = parsed({
        'values/shop.yaml': written({ ...Object.fromEntries(shared), ...REQUIRED }, own),
      });
      expect(over.values.map(({ spec }) => spec)).toEqual(alone.values.map(({ spec }) => spec));
      expect(over.problems.length > 0).toBe(alone.problems.length > 0);
    }),
    { numRuns: 30 },
  );
});

function written(first: object, then: readonly (readonly [string, unknown])[]): string {
  return JSON.stringify({ ...first, ...Object.fromEntries(then) });
}
