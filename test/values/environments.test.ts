import { Ajv } from 'ajv';
import { load } from 'js-yaml';
import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import { editorJsonSchema } from '../../src/values/json-schema/editor-schema.js';
import { parseValues, type Selection } from '../../src/values/parse-values.js';

const SHOP = `name: shop
image: registry.example.com/shop/web:1.0
workers: 2
env: { DJANGO_DEBUG: "1" }
environments:
  dev:
  production:
    workers: 8
    env: { DJANGO_DEBUG: null, MODE: live }
`;

describe('environments', () => {
  test('each gives the values of the base with its own over them', () => {
    expect(parsed(SHOP).values).toMatchObject([
      {
        kind: 'WorkerApp',
        environment: 'dev',
        spec: { name: 'shop', image: 'registry.example.com/shop/web:1.0', workers: 2, env: { DJANGO_DEBUG: '1' } },
      },
      {
        kind: 'WorkerApp',
        environment: 'production',
        spec: { name: 'shop', image: 'registry.example.com/shop/web:1.0', workers: 8, env: { MODE: 'live' } },
      },
    ]); // prettier-ignore
  });

  test('without environments, a document is unchanged', () => {
    const { values } = parsed('name: plain\nimage: a/b:1\nworkers: 1\n');
    expect(values.map(({ environment, spec }) => [environment, spec.name])).toEqual([[undefined, 'plain']]);
  });

  test('the base may leave required keys to the environments', () => {
    const text =
      'name: shop\nworkers: 1\nenvironments:\n  dev: { image: "a/b:1" }\n  live: { image: "a/b:2" }\n';
    expect(parsed(text).problems).toEqual([]);
  });

  test('a run can be limited to some', () => {
    const { values, problems } = parsed(SHOP, { environments: ['production'] });
    expect(problems).toEqual([]);
    expect(values.map(({ environment }) => environment)).toEqual(['production']);
  });

  test('a limited run has nothing of documents without environments', () => {
    const { values } = parsed(`${SHOP}---\nname: plain\nimage: a/b:1\nworkers: 1\n`, {
      environments: ['dev'],
    });
    expect(values.map(({ spec }) => spec.name)).toEqual(['shop']);
  });

  test('a problem in another environment does not stop a limited run', () => {
    const text = SHOP.replace('workers: 8', 'workers: 800');
    expect(parsed(text, { environments: ['dev'] }).problems).toEqual([]);
  });

  test.each([
    ['--environment: "prodution" is not in any values file; known are dev, production; did you mean "production"?', SHOP],
    ['--environment: "prodution" is not in any values file; none has environments', 'name: a\nimage: a/b:1\nworkers: 1\n'],
  ])('an unknown one is refused: %s', (message, text) => {
    expect(messages(parsed(text, { environments: ['prodution'] }).problems)).toEqual([message]);
  }); // prettier-ignore
});

describe('a problem has the place where its value is written', () => {
  test.each([
    [
      'in the environment that wrote it',
      'workers: 800',
      'shop.yaml:8: environments.production.workers: expected a whole number from 1 to 100, got 800',
    ],
    [
      'at the null that removed what is required',
      'image: null',
      'shop.yaml:8: environments.production.image: missing; expected an image reference such as registry.example.com/team/app:v1.2.3 (no spaces, a lowercase path, a full digest in lowercase)',
    ],
    [
      'at the null that has nothing to remove',
      'env: { DJANGO_DEBG: null }',
      'shop.yaml:8: environments.production.env.DJANGO_DEBG: null removes a value of the base, but the base does not contain it; did you mean "DJANGO_DEBUG"?',
    ],
    [
      'at an unknown key, even where it removes',
      'wokers: null',
      'shop.yaml:8: environments.production.wokers: unknown key; did you mean "workers"?',
    ],
    [
      'at what belongs to the document alone',
      'kind: WorkerApp',
      'shop.yaml:8: environments.production.kind: belongs to the document, not to an environment; move it out of environments',
    ],
    [
      'in the base, with the environments in which it is wrong',
      'http: { port: 9000 }\nmetrics: { startPort: 9000 }',
      'shop.yaml:9: environments.production.metrics.startPort: ports 9000-9001 of 2 workers cover http.port 9000; set metrics.startPort to 9001 or above',
    ],
  ])('%s', (_, change, expected) => {
    const lines = change.split('\n').map((line) => `    ${line}\n`);
    const text = SHOP.replace('    workers: 8\n', lines.join('')).replace(
      '    env: { DJANGO_DEBUG: null, MODE: live }\n',
      '',
    );
    expect(messages(parsed(text).problems)).toEqual([expected]);
  });

  test('a rule between a value of the base and one of an environment names the environment', () => {
    const text = SHOP.replace('workers: 2', 'http: { port: 5003 }\nmetrics: { startPort: 5001 }\nworkers: 2');
    expect(messages(parsed(text).problems)).toEqual([
      'shop.yaml:4: metrics.startPort: in production: ports 5001-5008 of 8 workers cover http.port 5003; set metrics.startPort to 5004 or above',
    ]);
  });

  test('a problem of the base is reported once, for any number of environments', () => {
    expect(messages(parsed(SHOP.replace('name: shop', 'name: Shop\nreplicas: -1')).problems)).toEqual([
      'shop.yaml:1: name: expected a DNS-1035 label (lowercase letters, digits and "-", a letter first, no "-" last, at most 63 characters), got "Shop"; for example name: shop',
      'shop.yaml:2: replicas: expected a whole number from 0 to 10000, got -1',
    ]);
  });

  test.each([
    ['environments: {}', 'environments: expected a map of environments, such as dev: {…}, got an empty map'],
    [
      'environments: [dev]',
      'environments: expected a map of environments, such as dev: {…}, got a list; write environments: { dev: {} }',
    ],
    [
      'environments: { x_y: {} }',
      'environments.x_y: expected a DNS label (lowercase letters, digits and "-", no "-" first or last, at most 63 characters), got "x_y"',
    ],
    [
      'environments: { delivery: {} }',
      'environments.delivery: "delivery" is the name of the folder for Argo CD and Flux; choose another name',
    ],
    [
      'environments: { dev: 3 }',
      'environments.dev: expected a map of values that differ from the base, got 3',
    ],
    [
      'environments: [dev, production]',
      'environments: expected a map of environments, such as dev: {…}, got a list; write environments: { dev: {}, production: {} }',
    ],
    ['dev: { workers: 2 }', 'dev: unknown key; write it in environments, if it is an environment'],
    ['enviroments: { dev: {} }', 'enviroments: unknown key; did you mean "environments"?'],
  ])('%s', (line, expected) => {
    expect(messages(parsed(`name: shop\nimage: a/b:1\nworkers: 1\n${line}\n`).problems)).toEqual([
      `shop.yaml:4: ${expected}`,
    ]);
  });

  test('a bad name of an environment hides nothing else', () => {
    const text = SHOP.replace('  dev:', '  x_y:').replace('workers: 8', 'workers: 0');
    expect(parsed(text).problems.map(({ line }) => line)).toEqual([6, 8]);
  });

  test('two applications of one name are refused where they would write one file', () => {
    const other = 'name: shop\nimage: a/b:1\nworkers: 1\nenvironments: { dev: {}, production: {} }\n';
    expect(messages(parsed(`${SHOP}---\n${other}`).problems)).toEqual([
      'shop.yaml:11: name: "shop": shop.yaml:1 has this name too, and both would write dev/shop.k8s.yaml; rename one',
    ]);
  });

  test('two applications of one name may live in different environments', () => {
    const other = 'name: shop\nimage: a/b:1\nworkers: 1\nenvironments: { test: {} }\n';
    const { notes, problems } = parsed(`${SHOP}---\n${other}`);
    expect([notes, problems]).toEqual([[], []]);
  });

  const PLAIN = 'name: shop\nimage: a/b:1\nworkers: 1\n';

  test('of two applications of one name, one without environments, a warning names both files, once', () => {
    for (const text of [`${PLAIN}---\n${SHOP}`, `${SHOP}---\n${PLAIN}`]) {
      const { notes, problems } = parsed(text);
      expect(problems).toEqual([]);
      expect(messages(notes)).toEqual([
        expect.stringMatching(
          /^shop\.yaml:[15]: name: "shop": shop\.yaml:1?1 has this name, too, without environments: shop\.k8s\.yaml and dev\/shop\.k8s\.yaml describe the same objects; write one document with environments, or rename one$/,
        ),
      ]);
    }
  });

  test.each([
    ['in another namespace', `${PLAIN}namespace: local\n`],
    [
      'of another kind',
      'kind: AlertmanagerCluster\nname: shop\npeers: 1\nconfigFrom: { secret: am, key: alertmanager.yaml }\n',
    ],
  ])('a document %s may have the name of one with environments', (_, other) => {
    const { notes, problems } = parsed(`${other}---\n${SHOP}`);
    expect(problems).toEqual([]);
    expect(messages(notes).filter((note) => note.includes('has this name'))).toEqual([]);
  });
});

describe('the JSON Schema', () => {
  const validate = new Ajv({ strict: false, code: { optimize: false } }).compile(editorJsonSchema());

  test.each([
    ['an environment that differs in nothing', SHOP],
    ['null under any key', 'name: a\nworkers: 1\nimage: a/b:1\nenvironments: { dev: { http: { healthPath: null }, env: null, resources: { limits: { cpu: null } } } }'],
    ['part of a value', 'name: a\nworkers: 1\nimage: a/b:1\nenv: { A: { secret: s, key: k } }\nenvironments: { dev: { env: { A: { secret: t } } } }'],
    ['what is required in the environments', 'name: a\nworkers: 1\nenvironments: { dev: { image: "a/b:1" } }'],
  ])('takes %s', (_, text) => {
    expect(validate(load(text))).toBe(true);
  }); // prettier-ignore

  test.each([
    ['an unknown key', 'name: a\nimage: a/b:1\nworkers: 1\nenvironments: { dev: { wokers: 1 } }'],
    ['an environment within an environment', 'name: a\nimage: a/b:1\nworkers: 1\nenvironments: { dev: { environments: {} } }'],
    ['a wrong value', 'name: a\nimage: a/b:1\nworkers: 1\nenvironments: { dev: { workers: 0 } }'],
    ['the name of the delivery folder', 'name: a\nimage: a/b:1\nworkers: 1\nenvironments: { delivery: {} }'],
    ['a document that lacks what is required', 'name: a\nworkers: 1\n'],
  ])('refuses %s', (_, text) => {
    expect(validate(load(text))).toBe(false);
  }); // prettier-ignore
});

function parsed(text: string, selection?: Selection) {
  return parseValues([{ file: 'shop.yaml', text }], selection);
}

function messages(problems: ReturnType<typeof parsed>['problems']): string[] {
  return problems.map(formatDiagnostic);
}
