import { refusalsOf } from '../a-worker-app.js';

const FILE = 'values/shop.yaml';
/** Lines 1 to 4 of a values file; what a test is about begins in line 5. */
const SHOP = '# our shop\nname: shop\nimage: example/shop:v1\nworkers: 5\n';
const WITHOUT_WORKERS = '# our shop\nname: shop\n\nimage: example/shop:v1\n';

test.each([
  ['a number', `${WITHOUT_WORKERS}workers: 0`, '5: workers'],
  ['a name', SHOP.replace('name: shop', 'name: Our_Shop'), '2: name'],
  ['ports beyond 65535', `${SHOP}metrics:\n  startPort: 65533`, '4: workers'],
  [
    'ports that cover http.port',
    `${SHOP}http: { port: 5003 }\nmetrics:\n  interval: 15s\n  startPort: 5001`,
    '8: metrics.startPort',
  ],
  ['a computed variable', `${SHOP}env:\n  A: b\n  WEB_CONCURRENCY: "5"`, '7: env.WEB_CONCURRENCY'],
  [
    'a computed variable with its value on the next line',
    `${SHOP}env:\n  A: b\n  METRICS_START_PORT:\n    "5"`,
    '7: env.METRICS_START_PORT',
  ],
  [
    'arguments of gunicorn',
    `${SHOP}env:\n  A: b\n  GUNICORN_CMD_ARGS: -t 30 -w 4`,
    '7: env.GUNICORN_CMD_ARGS',
  ],
  ['a duration in a map of one line', `${SHOP}metrics: { interval: 15 s }`, '5: metrics.interval'],
  [
    'a timeout above another value',
    `${SHOP}metrics:\n  interval: 15s\n  scrapeTimeout: 20s`,
    '7: metrics.scrapeTimeout',
  ],
])('%s is refused with its line and key', (_, text, place) => {
  expect(refusalsOf(text)).toEqual([expect.stringContaining(`${FILE}:${place}: `)]);
});

test.each([
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
  [
    'broken YAML, with line and column',
    `${SHOP}http: { port: 5000`,
    '5:19: not YAML: unexpected end of the stream within a flow collection; close the brackets',
  ],
  [
    'a tab as indentation',
    `${SHOP}http:\n\tport: 5000`,
    '6:1: not YAML: tab characters must not be used in indentation; write spaces instead of tabs',
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
    `${FILE}: empty; describe an application, at least its name, image and workers, or delete the file`,
  ]);
});

test.each([
  ['shop', 'got "shop"'],
  ['- name: shop', 'got a list; remove the "- ", and write --- between two applications'],
  ['5', 'got 5'],
])('a document that is no map is refused: %s', (text, got) => {
  expect(refusalsOf(`\n${text}`)).toEqual([
    `${FILE}:2: expected a map with name, image, workers and others, ${got}`,
  ]);
});

test.each([
  [
    'kind: Workerapp',
    'expected WorkerApp, AlertmanagerCluster, PrometheusServer or Defaults, got "Workerapp"; did you mean "WorkerApp"?',
  ],
  [
    'kind: Deployment',
    'expected WorkerApp, AlertmanagerCluster, PrometheusServer or Defaults, got "Deployment"',
  ],
  [
    'kind: constructor',
    'expected WorkerApp, AlertmanagerCluster, PrometheusServer or Defaults, got "constructor"',
  ],
  [
    'kind: Deployment\nmetadata: { name: shop }',
    'expected WorkerApp, AlertmanagerCluster, PrometheusServer or Defaults, got "Deployment"; this is a manifest: worker-metrics import-helm makes a values file of it',
  ],
  [
    'kind: ConfigMap\nmetadata: { name: shop }',
    'expected WorkerApp, AlertmanagerCluster, PrometheusServer or Defaults, got "ConfigMap"; this is a manifest: write it in objects of an application',
  ],
  ['kind: 5', 'expected WorkerApp, AlertmanagerCluster, PrometheusServer or Defaults, got 5'],
  ['kind:', 'expected WorkerApp, AlertmanagerCluster, PrometheusServer or Defaults, got null'],
])('a kind that there is not is refused: %s', (line, message) => {
  expect(refusalsOf(`${SHOP}${line}\nworker: 5`)).toEqual([`${FILE}:5: kind: ${message}`]);
});

test.each([
  [
    'a spec',
    'metadata: { name: shop }\nspec: { image: a/b:1, workers: 2 }',
    ['1: metadata: unknown key; write name: "shop"', '2: spec: unknown key; move its keys to the top level'],
  ],
  [
    'a misspelled key',
    'name: shop\nimage: a/b:1\nworker: 2',
    ['3: worker: unknown key; did you mean "workers"?'],
  ],
  [
    'the name of an application',
    'shop: { name: shop, image: a/b:1, workers: 2 }',
    ['1: shop: unknown key; move its keys to the top level'],
  ],
  ['Kind', 'Kind: workerapp\nname: shop', ['1: Kind: unknown key; write kind: WorkerApp']],
])('keys under %s are not reported as missing', (_, text, messages) => {
  expect(refusalsOf(`${text}\n`)).toEqual(messages.map((message) => `${FILE}:${message}`));
});

const INDENT = 'indent this line as far as the other lines of its map or list';

test.each([
  ['name: shop\n  image: a/b:1\n', '2:8', INDENT],
  ['http:\n  port: 80\n   healthPath: /\n', '3:14', INDENT],
  ['name: "shop\nimage: a\n', '2:1', 'close the quotes or brackets before this line, or indent it'],
  ['name: shop\nworkers 2\nimage: a\n', '3:6', 'add a colon and a space after the key in the line before'],
  ['workers: {{ .Values.workers }}\n{{- if .x }}\n', '2:3', 'write a value in place of the template: nothing fills it in'],
  ['a: "\\d"\n', '1:6', 'use single quotes, or write two backslashes for one'],
])('%j is not YAML, and the fix is in the hint', (text, place, hint) => {
  expect(refusalsOf(text)).toEqual([
    expect.stringMatching(new RegExp(`^${FILE}:${place}: not YAML: .*; `)),
  ]);
  expect(refusalsOf(text)[0]?.endsWith(`; ${hint}`)).toBe(true);
}); // prettier-ignore
