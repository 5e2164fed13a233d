import fc from 'fast-check';
import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import { parseValues, type Selection } from '../../src/values/parse-values.js';
import { KEYS } from '../../src/worker-app/keys/index.js';
import type { WorkerAppSpec } from '../../src/worker-app/worker-app-spec.js';

const SHOP = 'name: shop\nimage: a/b:1\n';

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

  test('an environment of Defaults holds for the applications that have it, below what the application says', () => {
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

describe('a problem of Defaults is reported at its line', () => {
  test.each([
    ['an unknown key', 'wokers: 3', 'wokers: unknown key; did you mean "workers"?'],
    ['a key of Helm', 'replicaCount: 3', 'replicaCount: unknown key; write replicas: 3'],
    ['a wrong value', 'replicas: -1', 'replicas: expected a whole number from 0 to 10000, got -1'],
    ['a key inside a map', 'http: { prot: 3 }', 'http.prot: unknown key; did you mean "port"?'],
    ['a name', 'name: shop', 'name: each application has a name of its own; write name in the files of the applications'],
    [
      'a name in an environment',
      'environments: { dev: { name: a } }',
      'environments.dev.name: each application has a name of its own; write name in the files of the applications',
    ],
    [
      'an environment',
      'environments: { dev: { wokers: 3 } }',
      'environments.dev.wokers: unknown key; did you mean "workers"?',
    ],
    [
      'a null without a value to remove',
      'http: { port: null }',
      'http.port: null removes an inherited value, but there is none; remove it',
    ],
    [
      'a null of a key that applications require',
      'image: null',
      'image: null removes an inherited value, but there is none; remove it',
    ],
    [
      'a null under a name',
      'nodeSelector: { disk: ~ }',
      'nodeSelector.disk: null removes an inherited value, but there is none; remove it',
    ],
    [
      'a key without a value',
      'labels:',
      'labels: expected a map, got no value; indent the lines that belong to it, or remove this line for the default',
    ],
  ])('%s, once for all applications', (_, line, message) => {
    const files = {
      'values/defaults.yaml': `kind: Defaults\nworkers: 1\n${line}\n`,
      'values/blog.yaml': 'name: blog\nimage: a/b:1\nenvironments: { dev: {}, production: {} }\n',
      'values/shop.yaml': SHOP,
    };
    expect(messages(files)).toEqual([`values/defaults.yaml:3: ${message}`]);
  }); // prettier-ignore

  test.each([
    ['a map that applications complete', 'env: { TOKEN: { secret: tokens } }', 'env: { TOKEN: { key: shop } }'],
    ['a key that needs another', 'http: { healthHost: a.example }', 'http: { healthPath: /up }'],
    ['a volume without its source', 'volumes: { media: { mountPath: /media } }', 'volumes: { media: { emptyDir: {} } }'],
    ['a process without a command', 'processes: { worker: { replicas: 2 } }', 'processes: { worker: { command: [celery] } }'],
    ['a sidecar without an image', 'sidecars: { proxy: { ports: [{ containerPort: 80 }] } }', 'sidecars: { proxy: { image: nginx:1 } }'],
    ['autoscaling without maxReplicas', 'autoscaling: { minReplicas: 2 }', 'autoscaling: { maxReplicas: 4, cpu: 70 }'],
  ])('%s is valid', (_, shared, own) => {
    const files = {
      'values/defaults.yaml': `kind: Defaults\nworkers: 1\n${shared}\n`,
      'values/shop.yaml': `${SHOP}${own}\n`,
    };
    expect(messages(files)).toEqual([]);
  }); // prettier-ignore

  test('a value that only some applications cannot take names them', () => {
    const app = (name: string, more = '') => `name: ${name}\nimage: a/b:1\n${more}`;
    const files = {
      'values/defaults.yaml': 'kind: Defaults\nworkers: 4\nmetrics: { startPort: 9000 }\n',
      'values/a.yaml': app('a'),
      'values/b.yaml': app('b', 'http: { port: 9002 }\n'),
      'values/c.yaml': `# a comment\n${app('c', 'http: { port: 9002 }\n')}`,
    };
    expect(messages(files)).toEqual([
      'values/defaults.yaml:3: metrics.startPort: in b (values/b.yaml:1), c (values/c.yaml:2): ports 9000-9003 of 4 workers cover http.port 9002; set metrics.startPort to 9003 or above',
    ]);
  });

  test('many applications are counted', () => {
    const files = Object.fromEntries(
      ['a', 'b', 'c', 'd', 'e'].map((name) => [
        `values/${name}.yaml`,
        `name: ${name}\nimage: a/b:1\nworkers: 3\n`,
      ]),
    );
    const [message] = messages({
      'values/defaults.yaml': 'kind: Defaults\nhttp: { healthHost: a }\n',
      ...files,
    });
    expect(message).toMatch(
      /^values\/defaults\.yaml:2: http\.healthHost: in a \(values\/a\.yaml:1\), b \(.*\), c \(.*\) and 2 more: /,
    );
  });

  test('a value of the application that Defaults make wrong names their line', () => {
    const files = {
      'values/defaults.yaml': 'kind: Defaults\nhttp:\n  port: 9002\nlabels: { team: a }\n',
      'values/shop.yaml': `${SHOP}workers: 4\nmetrics: { startPort: 9000 }\n`,
    };
    expect(messages(files)).toEqual([
      'values/shop.yaml:4: metrics.startPort: ports 9000-9003 of 4 workers cover http.port 9002; set metrics.startPort to 9003 or above; http.port comes from values/defaults.yaml:3',
    ]);
  });

  test('in the environment of an application, both are named', () => {
    const files = {
      'values/defaults.yaml': 'kind: Defaults\nworkers: 1\nmetrics: { startPort: 9000 }\n',
      'values/shop.yaml': `${SHOP}http: { port: 9002 }\nenvironments: { dev: {}, production: { workers: 8 } }\n`,
    };
    expect(messages(files)).toEqual([
      'values/defaults.yaml:3: metrics.startPort: in shop (values/shop.yaml:1): in production: ports 9000-9007 of 8 workers cover http.port 9002; set metrics.startPort to 9003 or above',
    ]);
  });

  test('a note about a value of Defaults is printed once, with the applications', () => {
    const app = (name: string) => `name: ${name}\nimage: a/b:1\nworkers: 1\n`;
    const { notes, problems } = parsed({
      'values/defaults.yaml': 'kind: Defaults\npodAnnotations: { prometheus.io/scrape: "true" }\n',
      'values/a.yaml': app('a'),
      'values/b.yaml': app('b'),
    });
    expect(problems).toEqual([]);
    expect(notes.map(formatDiagnostic)).toEqual([
      expect.stringMatching(
        /^values\/defaults\.yaml:2: podAnnotations.*: in a \(values\/a\.yaml:1\), b \(values\/b\.yaml:1\): /,
      ),
    ]);
  });

  test('a null in an application that removes nothing of Defaults is refused, with the nearest name', () => {
    const files = {
      'values/defaults.yaml': 'kind: Defaults\nworkers: 1\nenv: { DJANGO_DEBUG: "1" }\n',
      'values/shop.yaml': `${SHOP}env: { DJANGO_DEBG: null }\nhttp:\n`,
    };
    expect(messages(files)).toEqual([
      'values/shop.yaml:3: env.DJANGO_DEBG: null removes a value of Defaults, but Defaults do not contain it; did you mean "DJANGO_DEBUG"?',
      'values/shop.yaml:4: http: expected a map with port, servicePort, targetPort, healthPath or healthHost, got no value; indent the lines that belong to it, or remove this line for the default',
    ]);
  });

  test('a null in an application that removes nothing of Defaults is refused, also without a similar name', () => {
    const files = {
      'values/defaults.yaml': 'kind: Defaults\nworkers: 1\n',
      'values/shop.yaml': `${SHOP}tolerations: null\nenv: { A: null }\nworkers: null\n`,
    };
    const message = 'null removes a value of Defaults, but Defaults do not contain it; remove it';
    expect(messages(files)).toEqual([
      `values/shop.yaml:3: tolerations: ${message}`,
      `values/shop.yaml:4: env.A: ${message}`,
      'values/shop.yaml:5: workers: missing; expected a whole number from 1 to 100',
    ]);
  });

  test.each([
    ['a typing error', 'kind: Default', 'kind: expected WorkerApp, AlertmanagerCluster, PrometheusServer or Defaults, got "Default"; did you mean "Defaults"?'],
    ['no value', 'kind:', 'kind: expected WorkerApp, AlertmanagerCluster, PrometheusServer or Defaults, got null'],
    ['an upper-case key', 'Kind: Defaults', 'Kind: unknown key; write kind: Defaults'],
    ['another key', 'type: Defaults', 'type: unknown key; write kind: Defaults'],
  ])('of a kind with %s, only the kind is reported', (_, kind, message) => {
    const files = {
      'values/defaults.yaml': `${kind}\nworkers: 1\nfoo: 1\n`,
      'values/shop.yaml': SHOP,
    };
    expect(messages(files)).toEqual([`values/defaults.yaml:1: ${message}`]);
  }); // prettier-ignore

  test('a wrong kind is reported in a run for a file below, too', () => {
    const sources = [
      { file: 'values/defaults.yaml', text: 'kind: Default\nworkers: 1\n', isAbove: true },
      { file: 'values/shop.yaml', text: SHOP },
    ];
    expect(parseValues(sources).problems.map(({ field }) => field)).toEqual(['kind']);
  });

  describe('without values', () => {
    const whole = `${SHOP}workers: 1\n`;

    test.each([
      ['', 'empty; it sets no values; write kind: Defaults and values for all applications in this folder and below, or delete this file'],
      ['# kind: Defaults\n', 'empty; it sets no values; write kind: Defaults and values for all applications in this folder and below, or delete this file'],
      ['---\n', 'empty; it sets no values; write kind: Defaults and values for all applications in this folder and below, or delete this file'],
      ['kind: Defaults\n', '1: kind: these Defaults set no values; write values for all applications in this folder and below, or remove this document'],
      ['kind: Defaults\nenvironments: { dev: }\n', '1: kind: these Defaults set no values; write values for all applications in this folder and below, or remove this document'],
    ])('%j is a warning', (text, message) => {
      const { values, notes, problems } = parsed({ 'values/defaults.yaml': text, 'values/shop.yaml': whole });
      expect(problems).toEqual([]);
      expect(values).toHaveLength(1);
      expect(notes.map(({ severity }) => severity)).toEqual(['warning']);
      expect(notes.map(formatDiagnostic)).toEqual([expect.stringMatching(/^values\/defaults\.yaml: ?/)]);
      expect(notes.map(formatDiagnostic)[0]?.replace(/^values\/defaults\.yaml: ?/, '')).toBe(message);
    }); // prettier-ignore

    test('an empty file alone is refused: manifests would be removed', () => {
      expect(messages({ 'values/defaults.yaml': '# nothing\n' })).toEqual([
        'values/defaults.yaml: there is no application beside these Defaults; name its file, or the folder of both',
      ]);
    });

    test('a run for a file below says nothing', () => {
      const sources = [
        { file: 'values/defaults.yaml', text: '', isAbove: true },
        { file: 'values/shop.yaml', text: whole },
      ];
      const { values, notes, problems } = parseValues(sources);
      expect([values.length, notes, problems]).toEqual([1, [], []]);
    });
  });

  test('a key that is missing is reported at the application', () => {
    const files = {
      'values/defaults.yaml': 'kind: Defaults\nreplicas: 2\n',
      'values/shop.yaml': `\n${SHOP}`,
    };
    expect(messages(files)).toEqual([
      expect.stringMatching(/^values\/shop\.yaml:2: workers: missing; expected a whole number/),
    ]);
  });

  test('a file that is not YAML is one problem, and none of its applications', () => {
    const files = { 'values/defaults.yaml': 'kind: Defaults\nworkers: [\n', 'values/shop.yaml': SHOP };
    expect(messages(files)).toEqual([expect.stringMatching(/^values\/defaults\.yaml:\d+:\d+: not YAML: /)]);
  });
});

describe('where Defaults are written', () => {
  test('one for each folder: a second one is refused, and both are named', () => {
    const files = {
      'values/defaults.yaml': 'kind: Defaults\nworkers: 1\n',
      'values/defaults.yml': '# more\nkind: Defaults\nreplicas: 3\n',
      'values/shop.yaml': SHOP,
    };
    expect(messages(files)).toEqual([
      'values/defaults.yml:2: kind: values/defaults.yaml:1 contains Defaults for this folder, too; write all values in one of the two',
    ]);
    const inOneFile = {
      'values/defaults.yaml': 'kind: Defaults\nworkers: 1\n---\nkind: Defaults\n',
      'values/shop.yaml': SHOP,
    };
    expect(messages(inOneFile)).toEqual([
      'values/defaults.yaml:4: kind: values/defaults.yaml:1 contains Defaults for this folder, too; write all values in one of the two',
    ]);
  });

  test('in a file of another name, they are refused: a run for one application would not find them', () => {
    const files = {
      'values/common.yaml': 'kind: Defaults\nwokers: 1\n',
      'values/shop.yaml': `${SHOP}workers: 1\n`,
    };
    expect(messages(files)).toEqual([
      'values/common.yaml:1: kind: Defaults are read from files with the name defaults.yaml or defaults.yml only; move this document to values/defaults.yaml',
      'values/common.yaml:2: wokers: unknown key; did you mean "workers"?',
    ]);
  });

  test('a file of Defaults without a kind is asked for it', () => {
    const files = { 'values/defaults.yaml': 'workers: 3\n', 'values/shop.yaml': SHOP };
    expect(messages(files)).toEqual([
      'values/defaults.yaml:1: kind: missing; this file has the name of Defaults, and no application in it; write kind: Defaults for values of all applications in this folder and below, or name for an application',
    ]);
  });

  test('an application may be in a file of that name', () => {
    expect(messages({ 'values/defaults.yaml': 'name: shop\nimage: a/b:1\nworkers: 1\n' })).toEqual([]);
  });

  test('a kind that is spelled almost so is refused', () => {
    expect(messages({ 'values/defaults.yaml': 'kind: Default\n' })).toEqual([
      expect.stringMatching(/did you mean "Defaults"\?$/),
    ]);
  });

  test('Defaults without any application are refused', () => {
    expect(messages({ 'values/defaults.yaml': 'kind: Defaults\nworkers: 1\n' })).toEqual([
      'values/defaults.yaml:1: kind: there is no application beside these Defaults; name its file, or the folder of both',
    ]);
  });

  test('Defaults that hold for none of the applications are a warning', () => {
    const files = {
      'values/other/defaults.yaml': 'kind: Defaults\nworkers: 1\n',
      'values/shop.yaml': `${SHOP}workers: 1\n`,
    };
    expect(warnings(files)).toEqual([
      'values/other/defaults.yaml:1: kind: no application is in values/other or below: these values have no effect',
    ]);
  });

  describe('an environment that no application has is a warning', () => {
    const DEFAULTS =
      'kind: Defaults\nworkers: 1\nenvironments: { prodution: {}, acceptance: { replicas: 9 } }\n';
    const WITH_PRODUCTION = `${SHOP}environments: { dev: {}, production: {} }\n`;
    const MISSPELLED =
      'values/defaults.yaml:3: environments.prodution: no application below has this environment; did you mean "production"?';
    const OTHER =
      'values/defaults.yaml:3: environments.acceptance: no application below has this environment; known are dev, production, or remove it: its values have no effect';

    test('with the nearest name, or with all names', () => {
      const files = { 'values/defaults.yaml': DEFAULTS, 'values/shop.yaml': WITH_PRODUCTION };
      expect(warnings(files)).toEqual([MISSPELLED, OTHER]);
    });

    test('also if no application has environments', () => {
      expect(warnings({ 'values/defaults.yaml': DEFAULTS, 'values/shop.yaml': SHOP })).toContain(
        'values/defaults.yaml:3: environments.acceptance: no application below has this environment; add it to environments of an application, or remove it: its values have no effect',
      );
    });

    test.each([{ isNamed: true }, { isAbove: true }])(
      'but one that is no typing error only if all files below are read: %j',
      (selected) => {
        const text = DEFAULTS.replace(
          'acceptance',
          'production-2: {}, production-eu: {}, dev2: {}, acceptance',
        );
        const { notes } = parseValues([
          { file: 'values/defaults.yaml', text, ...selected },
          { file: 'values/shop.yaml', text: WITH_PRODUCTION },
        ]);
        expect(notes.map(formatDiagnostic)).toEqual([MISSPELLED]);
      },
    );

    test('and only if all files below are valid YAML', () => {
      const files = {
        'values/defaults.yaml': DEFAULTS,
        'values/shop.yaml': WITH_PRODUCTION,
        'values/x.yaml': 'a: {',
      };
      expect(parsed(files).notes.map(formatDiagnostic)).toEqual([MISSPELLED]);
    });
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

function parsed(files: Readonly<Record<string, string>>, selection?: Selection) {
  return parseValues(
    Object.entries(files).map(([file, text]) => ({ file, text })),
    selection,
  );
}

function messages(files: Readonly<Record<string, string>>): string[] {
  return parsed(files).problems.map(formatDiagnostic);
}

function warnings(files: Readonly<Record<string, string>>): string[] {
  const { notes, problems } = parsed(files);
  expect(problems).toEqual([]);
  return notes.map(formatDiagnostic);
}

/** The spec of an application. */
function specOf(files: Readonly<Record<string, string>>, name: string, environment?: string) {
  const { values, problems } = parsed(files);
  expect(problems.map(formatDiagnostic)).toEqual([]);
  const found = values.find((one) => one.spec.name === name && one.environment === environment);
  return found?.spec as WorkerAppSpec;
}
