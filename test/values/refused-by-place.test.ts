import { refusalsOf } from '../a-worker-app.js';

const FILE = 'values/shop.yaml';
const NAME =
  'expected a DNS-1035 label (lowercase letters, digits and "-", a letter first, no "-" last, at most 63 characters)';
const IMAGE =
  'expected an image reference such as registry.example.com/team/app:v1.2.3 (no spaces, a lowercase path, a digest whole and in lowercase)';
const DURATION =
  'expected a duration such as 15s, 1m30s or 2h (units y w d h m s ms in this order; above zero, below 292y)';

/** Lines 1 to 4 of a values file; what a test is about begins in line 5. */
const SHOP = '# our shop\nname: shop\nimage: example/shop:v1\nworkers: 5\n';
const WITHOUT_WORKERS = '# our shop\nname: shop\n\nimage: example/shop:v1\n';

/** Every refusal that the issue of the main job lists, as its user sees it. */
test.each([
  ['workers: 0', `${WITHOUT_WORKERS}workers: 0`, '5: workers: expected a whole number from 1 to 100, got 0'],
  [
    'workers: -1',
    `${WITHOUT_WORKERS}workers: -1`,
    '5: workers: expected a whole number from 1 to 100, got -1',
  ],
  [
    'workers: 2.5',
    `${WITHOUT_WORKERS}workers: 2.5`,
    '5: workers: expected a whole number from 1 to 100, got 2.5',
  ],
  [
    'workers: 101',
    `${WITHOUT_WORKERS}workers: 101`,
    '5: workers: expected a whole number from 1 to 100, got 101',
  ],
  [
    'workers as text',
    `${WITHOUT_WORKERS}workers: "5"`,
    '5: workers: expected a whole number from 1 to 100, got "5"; remove the quotes',
  ],
  [
    'metrics ports beyond 65535',
    `${SHOP}metrics:\n  startPort: 65533`,
    '4: workers: 5 workers from port 65533 need ports 65533-65537, beyond 65535; lower metrics.startPort to 65531 or below',
  ],
  [
    'metrics ports below 1024',
    `${SHOP}metrics:\n  startPort: 1023`,
    '6: metrics.startPort: expected a whole number from 1024 to 65535, got 1023',
  ],
  [
    'metrics ports that cover http.port',
    `${SHOP}http: { port: 5003 }\nmetrics:\n  interval: 15s\n  startPort: 5001`,
    '8: metrics.startPort: ports 5001-5005 of 5 workers cover http.port 5003; set metrics.startPort to 5004 or above',
  ],
  [
    'env that sets WEB_CONCURRENCY',
    `${SHOP}env:\n  A: b\n  WEB_CONCURRENCY: "5"`,
    '7: env.WEB_CONCURRENCY: computed from workers; remove it and set workers',
  ],
  [
    'env that sets METRICS_START_PORT',
    `${SHOP}env:\n  A: b\n  METRICS_START_PORT:\n    "5"`,
    '7: env.METRICS_START_PORT: computed from metrics.startPort; remove it and set metrics.startPort',
  ],
  [
    'a GUNICORN_CMD_ARGS that sets workers',
    `${SHOP}env:\n  A: b\n  GUNICORN_CMD_ARGS: -t 30 -w 4`,
    '7: env.GUNICORN_CMD_ARGS: -w 4 would make the number of workers differ from the number of metrics ports; remove it and set workers',
  ],
  [
    'a GUNICORN_CMD_ARGS that preloads',
    `${SHOP}env: { GUNICORN_CMD_ARGS: --preload }`,
    '5: env.GUNICORN_CMD_ARGS: --preload would leave workers without a metrics port; remove it, or set metrics.exporter to gunicorn',
  ],
  [
    'a name that is no label',
    SHOP.replace('name: shop', 'name: Our_Shop'),
    `2: name: ${NAME}, got "Our_Shop"`,
  ],
  [
    'a name too long',
    SHOP.replace('name: shop', `name: ${'s'.repeat(64)}`),
    `2: name: ${NAME}, got "${'s'.repeat(64)}"`,
  ],
  [
    'two applications of one name and namespace, which would write one file',
    `${SHOP}---\n${SHOP}`,
    '7: name: "shop": values/shop.yaml:2 has this name too, and both would write shop.k8s.yaml; rename one',
  ],
  [
    'two applications of one name in two namespaces, which would write one file',
    `${SHOP}namespace: a\n---\n${SHOP}namespace: b\n`,
    '8: name: "shop": values/shop.yaml:2 has this name too, and both would write shop.k8s.yaml; rename one',
  ],
  ['a bad duration', `${SHOP}metrics: { interval: 15 s }`, `5: metrics.interval: ${DURATION}, got "15 s"`],
  [
    'a scrape timeout above the interval',
    `${SHOP}metrics:\n  interval: 15s\n  scrapeTimeout: 20s`,
    '7: metrics.scrapeTimeout: 20s is above metrics.interval 15s, which the operator refuses; lower it to 15s or below',
  ],
  [
    'an image with a space',
    SHOP.replace('shop:v1', 'shop :v1'),
    `3: image: ${IMAGE}, got "example/shop :v1"`,
  ],
  [
    'broken YAML, with line and column',
    `${SHOP}http: { port: 5000`,
    '5:19: not YAML: unexpected end of the stream within a flow collection',
  ],
  [
    'a tab as indentation',
    `${SHOP}http:\n\tport: 5000`,
    '6:1: not YAML: tab characters must not be used in indentation',
  ],
  [
    'a key given twice',
    `${SHOP}namespace: a\nnamespace: b\n`,
    '6: namespace: given in line 5 too; remove one of the two',
  ],
  [
    'a key given twice within a map',
    `${SHOP}env: { A: b, "A": c }\n`,
    '5: env.A: given in line 5 too; remove one of the two',
  ],
])('%s', (_, text, problem) => {
  expect(refusalsOf(text)).toEqual([`${FILE}:${problem}`]);
});

test.each([
  ['nothing', ''],
  ['white space', '\n  \n'],
  ['comments', '# our shop\n'],
  ['empty documents', '---\n---\n...\n'],
  ['null', '~\n'],
])('a file of %s is refused as empty', (_, text) => {
  expect(refusalsOf(text)).toEqual([
    `${FILE}: empty; describe an application, at least its name, image and workers`,
  ]);
});

test.each([
  ['shop', 'got "shop"'],
  ['- name: shop', 'got a list'],
  ['5', 'got 5'],
])('a document that is no map is refused: %s', (text, got) => {
  expect(refusalsOf(`\n${text}`)).toEqual([
    `${FILE}:2: expected a map with name, image, workers and others, ${got}`,
  ]);
});

test.each([
  [
    'kind: Workerapp',
    'expected WorkerApp or AlertmanagerCluster or PrometheusServer, got "Workerapp"; did you mean "WorkerApp"?',
  ],
  ['kind: Deployment', 'expected WorkerApp or AlertmanagerCluster or PrometheusServer, got "Deployment"'],
  ['kind: constructor', 'expected WorkerApp or AlertmanagerCluster or PrometheusServer, got "constructor"'],
  ['kind: 5', 'expected WorkerApp or AlertmanagerCluster or PrometheusServer, got 5'],
  ['kind:', 'expected WorkerApp or AlertmanagerCluster or PrometheusServer, got null'],
])('a kind that there is not is refused: %s', (line, message) => {
  expect(refusalsOf(`${SHOP}${line}\nworker: 5`)).toEqual([`${FILE}:5: kind: ${message}`]);
});
