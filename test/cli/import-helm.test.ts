import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { HELM } from '../import-helm/helm-chart.js';
import { Workplace } from './command-line.js';

let place: Workplace;
beforeEach(() => (place = new Workplace()));
afterEach(() => place.remove());

test('writes a values file, and names each value that it cannot carry over and the differences on purpose', async () => {
  const helm = place.write('chart/values.yaml', HELM);
  expect(await place.run('import-helm', helm, '--output', place.path('values/shop.yaml'))).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: `values/shop.yaml: written
warning: chart/values.yaml:5: database.port: not carried over: 5432
note: Deployment, Service, ServiceMonitor: metadata.labels["app.kubernetes.io/managed-by"], spec.template.metadata.labels["app.kubernetes.io/managed-by"]: cosmetic: another program writes the manifests
note: Deployment, Service, ServiceMonitor: metadata.labels["app.kubernetes.io/version"], spec.template.metadata.labels["app.kubernetes.io/version"]: cosmetic: it is the tag of the image
note: Deployment, Service: spec.template.spec.containers[app].ports[metrics-1] …, spec.ports[metrics-1] …: cosmetic: the metrics ports of the workers
note: Deployment: spec.template.spec.containers[app].volumeMounts, spec.template.spec.volumes: cosmetic: an empty folder at /tmp, for the files of gunicorn, uploads and tempfile
note: Deployment: spec.template.spec.automountServiceAccountToken: cosmetic: the account default has no rights of its own; serviceAccount: { name: default, automountToken: true } mounts its token
note: Deployment: spec.template.spec.enableServiceLinks: cosmetic: no variables for each Service of the namespace; podSpec: { enableServiceLinks: true } adds them
note: ServiceMonitor: spec.endpoints[metrics-1] …, spec.selector: cosmetic: metrics makes the monitor
1 value not carried over
0 patches; differences: 0 keep pods from running, 0 of security, 0 of metrics, 0 of availability, 7 cosmetic
left out, because empty or disabled: ingress.enabled, ingress.hosts, tolerations
null removes a default that the chart does not have. Without these lines, the pods pass Pod Security restricted: delete them one by one, and test.
Check the values that charts set in templates: http.port, container, metrics.interval. A container of another name would be added beside the old one when this is applied to its Deployment. The output of helm template contains all of them.
`,
  });
  expect(readFileSync(place.path('values/shop.yaml'), 'utf8')).toBe(`# yaml-language-server: $schema=../node_modules/cdk8s-worker-metrics/schema/values.schema.json
name: shop
image: a/b:1.0
runAsUser: null
podSecurityContext:
  runAsNonRoot: null
  seccompProfile: null
containerSecurityContext:
  allowPrivilegeEscalation: null
  capabilities: null
  readOnlyRootFilesystem: null
workers: 3
metrics:
  startPort: 9001
env:
  DEBUG: 'true'
resources: null
`);
}); // prettier-ignore

test.each(['schema', 'node_modules/cdk8s-worker-metrics/schema'])(
  'names the schema in %s above the values file',
  async (folder) => {
    const helm = place.write('chart/values.yaml', HELM);
    place.write(`${folder}/values.schema.json`, '{}');
    await place.run('import-helm', helm, '--output', place.path('values/team/shop.yaml'));
    const [first] = readFileSync(place.path('values/team/shop.yaml'), 'utf8').split('\n');
    expect(first).toBe(`# yaml-language-server: $schema=../../${folder}/values.schema.json`);
  },
);

test('never writes over a file', async () => {
  const helm = place.write('chart/values.yaml', HELM);
  const ours = place.write('shop.yaml', 'mine');
  expect(await place.run('import-helm', helm, '--output', ours)).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: 'shop.yaml: already exists; remove it, or name another file with --output\n1 problem; nothing was written\n',
  }); // prettier-ignore
  expect(readFileSync(ours, 'utf8')).toBe('mine');
});

test('names the argument that is an empty path, or a folder without values', async () => {
  const refused = async (file: string) => (await place.run('import-helm', file)).stderr;
  expect(await refused('')).toBe(
    '<chart>: an empty path; name Helm values, or manifests that Helm made\n1 problem; nothing was written\n',
  );
  place.write('empty/notes.md', '');
  expect(await refused(place.path('empty'))).toBe(
    'empty: no .yaml file in this folder; name Helm values, or manifests that Helm made\n1 problem; nothing was written\n',
  );
});

test('names values of this program as such', async () => {
  const ours = place.write('ours.yaml', 'name: shop\nimage: a/b:1\nworkers: 2\n');
  expect((await place.run('import-helm', ours)).stderr).toBe(
    'ours.yaml: these are values of this program already; name Helm values, or manifests that Helm made\n1 problem; nothing was written\n',
  );
});

test('prints to standard output with --output -', async () => {
  const helm = place.write('chart/values.yaml', HELM);
  const { stdout } = await place.run('import-helm', helm, '--output', '-', '--http-port', '5000', '--quiet');
  expect(load(stdout)).toMatchObject({ name: 'shop', http: { port: 5000 } });
});

test('takes from the command line the values that charts set in templates', async () => {
  const helm = place.write('chart/values.yaml', HELM.replace('WEB_CONCURRENCY: "3", ', ''));
  const options = ['--container', 'web', '--workers', '4', '--output', '-', '--quiet'];
  const { stdout } = await place.run('import-helm', helm, ...options);
  expect(load(stdout)).toMatchObject({ container: 'web', workers: 4 });
});

test.each([
  ['values.yaml:4: env.config.WEB_CONCURRENCY: expected a whole number from 1 to 100, got "many"', '"3"', 'many'],
  ['values.yaml:4: env.config.METRICS_START_PORT: expected a whole number from 1024 to 65535, got 80', '9001', '80'],
  ['values.yaml: workers: missing; expected a whole number from 1 to 100; set env.config.WEB_CONCURRENCY in the Helm values, or --workers', 'WEB_CONCURRENCY: "3", ', ''],
  ['values.yaml: name: missing; expected a DNS-1035 label (lowercase letters, digits and "-", a letter first, no "-" last, at most 63 characters); set --name', 'fullnameOverride: shop', ''],
  ['values.yaml:2: image.repository: expected an image reference such as registry.example.com/team/app:v1.2.3 (no spaces, a lowercase path, a full digest in lowercase), got "A B:1.0"', 'a/b', 'A B'],
  ['values.yaml: expected one map, as in the values.yaml of a chart, got a list', HELM, '[]'],
])('%s', async (expected, find, replace) => {
  const file = place.write('values.yaml', HELM.replace(find, replace));
  const { exitCode, stderr } = await place.run('import-helm', file);
  const [message, ...rest] = stderr.trimEnd().split('\n');
  expect([exitCode, message, rest.at(-1)]).toEqual([1, expected, '1 problem; nothing was written']);
}); // prettier-ignore
