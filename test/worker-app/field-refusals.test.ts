import { checkWorkerApp } from '../../src/worker-app/check-worker-app.js';
import { problemsOf, shop, shopWith } from '../a-worker-app.js';

const WORKERS = 'workers: expected a whole number from 1 to 100';
const NAME =
  'name: expected a DNS-1035 label (lowercase letters, digits and "-", a letter first, no "-" last, at most 63 characters)';
const DNS_LABEL =
  'a DNS label (lowercase letters, digits and "-", no "-" first or last, at most 63 characters)';
const IMAGE =
  'image: expected an image reference such as registry.example.com/team/app:v1.2.3 (no spaces, a lowercase path, a full digest in lowercase)';
const DURATION =
  'expected a duration such as 15s, 1m30s or 2h (units y w d h m s ms in this order; above zero, below 292y)';
const METRICS_PATH =
  'expected a path such as /metrics (a "/" first, printable ASCII without spaces, "?", "#" and "%", which Prometheus would escape)';
const ENV_VALUE = 'expected text, { secret, key }, { configMap, key }, { field } or { resource }';
const ENV_NAME =
  'expected the name of an environment variable (letters, digits, "_", "-" and ".", no digit and no ".." first)';
const SUBDOMAIN =
  'a DNS subdomain (lowercase letters, digits, "-" and ".", a letter or digit at both ends, at most 253 characters)';
const CONFIG_KEY =
  'a key of a Secret or ConfigMap (letters, digits, "-", "_" and ".", no ".." first, at most 253 characters)';
const QUANTITY = 'expected a quantity such as 500m, 0.5, 256Mi or 2Gi';

test('nothing is wrong with the application that these tests change', () => {
  expect(problemsOf(shop())).toEqual([]);
});

test.each([
  [{ workers: 0 }, `${WORKERS}, got 0`],
  [{ workers: -1 }, `${WORKERS}, got -1`],
  [{ workers: 2.5 }, `${WORKERS}, got 2.5`],
  [{ workers: 101 }, `${WORKERS}, got 101`],
  [{ workers: '5' }, `${WORKERS}, got "5"; remove the quotes`],
  [{ workers: 'five' }, `${WORKERS}, got "five"`],
  [{ workers: null }, `${WORKERS}, got null`],
  [{ workers: [5] }, `${WORKERS}, got a list`],
  [{ workers: true }, `${WORKERS}, got true`],
  [{ workers: NaN }, `${WORKERS}, got NaN`],
  [{ workers: Infinity }, `${WORKERS}, got Infinity`],
  [{ workers: undefined }, 'workers: missing; expected a whole number from 1 to 100'],
  [{ replicas: -1 }, 'replicas: expected a whole number from 0 to 10000, got -1'],
  [{ runAsUser: 0 }, 'runAsUser: expected a whole number from 1 to 2147483647, got 0'],
  [{ name: 'Shop' }, `${NAME}, got "Shop"`],
  [{ name: '' }, `${NAME}, got ""`],
  [{ name: true }, `${NAME}, got true; put it in quotes, as you wrote it`],
  [{ name: 5 }, `${NAME}, got 5`],
  [{ namespace: 'a.b' }, `namespace: expected ${DNS_LABEL}, got "a.b"`],
  [{ namespace: 5 }, `namespace: expected ${DNS_LABEL}, got 5; put it in quotes, as you wrote it`],
  [{ container: 'a_b' }, `container: expected ${DNS_LABEL}, got "a_b"`],
  [
    { instance: 'a b' },
    'instance: expected a label value (letters, digits, "-", "_" and ".", a letter or digit at both ends, at most 63 characters), got "a b"',
  ],
  [{ image: 'my company/app' }, `${IMAGE}, got "my company/app"`],
  [{ image: '' }, `${IMAGE}, got ""`],
  [{ image: `shop@sha256:${'a'.repeat(63)}` }, `${IMAGE}, got "shop@sha256:${'a'.repeat(63)}"`],
  [{ image: undefined }, `image: missing; ${IMAGE.slice('image: '.length)}`],
  [
    { imagePullPolicy: 'always' },
    'imagePullPolicy: expected Always, IfNotPresent or Never, got "always"; did you mean "Always"?',
  ],
  [{ http: { port: 0 } }, 'http.port: expected a whole number from 1 to 65535, got 0'],
  [{ http: { servicePort: 99_999 } }, 'http.servicePort: expected a whole number from 1 to 65535, got 99999'],
  [
    { http: { healthPath: 'health' } },
    'http.healthPath: expected a path such as /health/ (a "/" first, printable ASCII without spaces), got "health"',
  ],
  [
    { http: { healthPath: '/', healthHost: 'a b' } },
    'http.healthHost: expected a host name such as app.example.com, with or without a port, got "a b"',
  ],
  [{ http: 5 }, 'http: expected a map with port, servicePort, targetPort, healthPath or healthHost, got 5'],
  [
    { http: null },
    'http: expected a map with port, servicePort, targetPort, healthPath or healthHost, got null; indent the lines that belong to it, or remove this line for the default',
  ],
  [
    { metrics: { startPort: 1023 } },
    'metrics.startPort: expected a whole number from 1024 to 65535, got 1023',
  ],
  [
    { metrics: { path: '/metrics?format=text' } },
    `metrics.path: ${METRICS_PATH}, got "/metrics?format=text"`,
  ],
  [{ metrics: { path: '/a%20b' } }, `metrics.path: ${METRICS_PATH}, got "/a%20b"`],
  [{ metrics: { path: '/#metrics' } }, `metrics.path: ${METRICS_PATH}, got "/#metrics"`],
  [{ metrics: { interval: '30' } }, `metrics.interval: ${DURATION}, got "30"; write 30s for seconds`],
  [{ metrics: { interval: 30 } }, `metrics.interval: ${DURATION}, got 30; write 30s for seconds`],
  [{ metrics: { interval: '0s' } }, `metrics.interval: ${DURATION}, got "0s"`],
  [{ metrics: { interval: '292y' } }, `metrics.interval: ${DURATION}, got "292y"`],
  [{ metrics: { scrapeTimeout: '1.5s' } }, `metrics.scrapeTimeout: ${DURATION}, got "1.5s"`],
  [{ metrics: { exporter: 'django' } }, 'metrics.exporter: expected app or gunicorn, got "django"'],
  [{ gunicorn: { timeout: 0 } }, 'gunicorn.timeout: expected a whole number from 1 to 3600, got 0'],
  [
    { gunicorn: { workerClass: 'g thread' } },
    'gunicorn.workerClass: expected a worker class such as gthread or uvicorn.workers.UvicornWorker, got "g thread"',
  ],
  [{ env: [] }, 'env: expected a map, got a list'],
  [{ env: { A: 5 } }, `env.A: ${ENV_VALUE}, got 5; put it in quotes, as you wrote it`],
  [{ env: { A: null } }, `env.A: ${ENV_VALUE}, got null`],
  [{ env: { A: ['b'] } }, `env.A: ${ENV_VALUE}, got a list`],
  [{ env: { A: {} } }, `env.A: ${ENV_VALUE}, got an empty map`],
  [{ env: { A: { secret: 's' } } }, `env.A.key: missing; expected ${CONFIG_KEY}`],
  [
    { env: { A: { secret: 12, key: 'b' } } },
    `env.A.secret: expected ${SUBDOMAIN}, got 12; put it in quotes, as you wrote it`,
  ],
  [{ env: { A: { key: 'b' } } }, `env.A: ${ENV_VALUE}, got a map with key`],
  [{ env: { A: { key: 'b', optional: true } } }, `env.A: ${ENV_VALUE}, got a map with key, optional`],
  [
    { env: { A: { secret: 's', configMap: 'c', key: 'k' } } },
    `env.A: ${ENV_VALUE}, got a map with secret, configMap, key`,
  ],
  [{ env: { A: 'a\0b' } }, 'env.A: expected text without control characters, got "a\\u0000b"'],
  [{ env: { A: '\u001B[31m' } }, 'env.A: expected text without control characters, got "\\u001b[31m"'],
  [{ labels: { constructor: 'x' } }, 'labels.constructor: a reserved name; choose another one'],
  [{ env: { WEB_CONCURRENCY: 5 } }, 'env.WEB_CONCURRENCY: computed from workers; remove it and set workers'],
  [
    { env: { WEB_CONCURRENCY: null } },
    'env.WEB_CONCURRENCY: computed from workers; remove it and set workers',
  ],
  [
    { env: { METRICS_EXPORTER: 'app' } },
    'env.METRICS_EXPORTER: computed from metrics.exporter; remove it and set metrics.exporter',
  ],
  [
    { labels: { 'app.kubernetes.io/name': 5 } },
    'labels.app.kubernetes.io/name: computed from name, instance and image; remove it and set those',
  ],
  [{ env: { '1A': 'b' } }, `env.1A: ${ENV_NAME}, got "1A"`],
  [{ env: { 'A=B': 'c' } }, `env.A=B: ${ENV_NAME}, got "A=B"`],
  [{ env: { A: { secret: 'S', key: 'k' } } }, `env.A.secret: expected ${SUBDOMAIN}, got "S"`],
  [{ env: { A: { configMap: 'c', key: 'a b' } } }, `env.A.key: expected ${CONFIG_KEY}, got "a b"`],
  [{ env: { A: '\uD800' } }, String.raw`env.A: expected text in Unicode, got "\ud800"`],
  [{ resources: 'small' }, 'resources: expected a map with requests or limits, got "small"'],
  [
    { resources: { requests: { memory: '1gb' } } },
    `resources.requests.memory: ${QUANTITY}, got "1gb"; write 1Gi`,
  ],
  [{ resources: { requests: { memory: -1 } } }, `resources.requests.memory: ${QUANTITY}, got -1`],
  [{ resources: { limits: { memory: 1e21 } } }, `resources.limits.memory: ${QUANTITY}, got 1e+21`],
  [{ resources: { limits: { memory: true } } }, `resources.limits.memory: ${QUANTITY}, got true`],
  [
    { resources: { limits: { mem: '1Gi' } } },
    'resources.limits.mem: expected cpu, memory, ephemeral-storage, hugepages-<size> or a resource with a domain such as nvidia.com/gpu, got "mem"; did you mean "memory"?',
  ],
])('%j is refused: %s', (changes, message) => {
  expect(problemsOf(shopWith(changes))).toEqual([message]);
});

describe('a word that YAML 1.1 reads as a boolean is the name of no object:', () => {
  const NAME = `${SUBDOMAIN}, other than true, false, yes, no, on and off`;

  test.each(['yes', 'on', 'true', 'no', 'off', 'false'])('%s', (word) => {
    expect(problemsOf(shopWith({ ingress: { host: 'a.example.com', tls: word } }))).toEqual([
      `ingress.tls: expected ${NAME}, got "${word}"`,
    ]);
    expect(problemsOf(shopWith({ serviceAccount: word }))).toEqual([
      expect.stringMatching(
        /^serviceAccount: expected .*, got "\w+"; (write \{ create: true \}, or the name of one that exists|remove it: without it, the pods get no token)$/,
      ),
    ]);
  });

  test('a name that contains it is one', () => {
    const changes = { serviceAccount: 'on.me', ingress: { host: 'a.example.com', tls: 'yes-tls' } };
    expect(problemsOf(shopWith(changes))).toEqual([]);
  });
});

test.each([
  [{ worker: 5 }, 'worker: unknown key; did you mean "workers"?'],
  [{ Replicas: 5 }, 'Replicas: unknown key; did you mean "replicas"?'],
  [{ http: { prot: 5 } }, 'http.prot: unknown key; did you mean "port"?'],
  [
    { http: { something: 5 } },
    'http.something: unknown key; known are port, servicePort, targetPort, healthPath, healthHost',
  ],
  [{ metrics: { intervall: '5s' } }, 'metrics.intervall: unknown key; did you mean "interval"?'],
  [
    { env: { A: { secret: 's', key: 'b', version: 2 } } },
    'env.A.version: unknown key; known are secret, key, optional',
  ],
  [
    { env: { A: { configMap: 's', key: 'b', version: 2 } } },
    'env.A.version: unknown key; known are configMap, key, optional',
  ],
  [
    { metrics: { tls: { ca: { secret: 's', key: 'b', namespace: 'c' } } } },
    'metrics.tls.ca.namespace: unknown key; known are secret, key',
  ],
  [
    { alerts: { latency: { quantil: 0.5 } } },
    'alerts.latency.quantil: unknown key; did you mean "quantile"?',
  ],
  [{ resources: { limit: {} } }, 'resources.limit: unknown key; did you mean "limits"?'],
])('%j has an unknown key: %s', (changes, message) => {
  expect(problemsOf(shopWith(changes))).toEqual([message]);
});

test.each([null, undefined, 5, 'shop', []])('%j is no props at all', (value) => {
  expect(problemsOf(value)).toHaveLength(1);
});

test('keys that JavaScript has on every object are unknown keys, variables or refused as any others', () => {
  const parsed = JSON.parse(
    '{"name": "shop", "image": "a", "workers": 1, "__proto__": 1, "constructor": 1, "env": {"__proto__": 5, "toString": 5}, "resources": {"limits": {"__proto__": 1}}}',
  ) as unknown;
  expect(problemsOf(parsed).map((line) => line.split(':')[0])).toEqual(
    expect.arrayContaining([
      '__proto__',
      'constructor',
      'env.__proto__',
      'env.toString',
      'resources.limits.__proto__',
    ]),
  );
});

test('a long value is shown shortened', () => {
  expect(problemsOf(shop({ name: 'S'.repeat(500) }))[0]?.length).toBeLessThan(300);
});

test('a map of one of several forms is judged by that form, all of it', () => {
  const given = { secret: 12, key: 'a b', optional: 'yes' };
  expect(problemsOf(shopWith({ env: { A: given } })).map((line) => line.split(':')[0])).toEqual([
    'env.A.secret',
    'env.A.key',
    'env.A.optional',
  ]);
});

test('each computed variable is named, whatever its value is and whatever is wrong with another', () => {
  expect(problemsOf(shopWith({ env: { WEB_CONCURRENCY: 5, A: 5, METRICS_START_PORT: '1' } }))).toEqual([
    'env.WEB_CONCURRENCY: computed from workers; remove it and set workers',
    `env.A: ${ENV_VALUE}, got 5; put it in quotes, as you wrote it`,
    'env.METRICS_START_PORT: computed from metrics.startPort; remove it and set metrics.startPort',
  ]);
});

test('all that is wrong is named at once', () => {
  const wrong = { name: 'A', image: 'a b', workers: 0, wrokers: 5, http: { port: 0 }, env: { '1': 'x' } };
  expect(problemsOf(wrong).map((line) => line.split(':')[0])).toEqual([
    'name', 'image', 'workers', 'http.port', 'env.1', 'wrokers',
  ]); // prettier-ignore
});

test('an empty label, and amounts with an exponent, are taken as Kubernetes takes them', () => {
  const resources = { requests: { cpu: '1e-1', memory: '128e6' }, limits: { memory: '256M' } };
  expect(
    checkWorkerApp({ name: 'shop', image: 'shop', workers: 1, labels: { x: '' }, resources }).problems,
  ).toBeUndefined();
});
