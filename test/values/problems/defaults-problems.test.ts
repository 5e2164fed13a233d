import { formatDiagnostic } from '../../../src/diagnostics/diagnostic.js';
import { parseValues } from '../../../src/values/parse-values.js';
import { messages, parsed, SHOP } from '../parsed-files.js';

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
