import { Readable } from 'node:stream';
import { readFileSync } from 'node:fs';
import { traceFiles } from '../../src/cli/trace-files.js';
import { Workplace } from './command-line.js';

const SHOP = 'name: shop\nimage: a/b:1\nworkers: 1\nenvironments: { dev: {}, live: {} }\n';

let place: Workplace;
let dist: string;
beforeEach(async () => {
  place = new Workplace();
  dist = place.path('dist');
  await place.run('synth', '--values', place.write('values/shop.yaml', SHOP), '--output', dist);
});
afterEach(() => place.remove());

describe('worker-metrics trace', () => {
  test('prints a line a worker', async () => {
    expect(await place.run('trace', place.path('dist/dev'))).toEqual({
      exitCode: 0,
      stdout: `dist/dev/shop.k8s.yaml: 1 chain, 0 broken
STATE  MONITOR ENDPOINT                          SERVICE PORT                         CONTAINER PORT                              VARIABLES
ok     ServiceMonitor default/shop endpoints[0]  Service default/shop metrics-1:8001  Deployment default/shop app metrics-1:8001  METRICS_START_PORT=8001 WEB_CONCURRENCY=1
`,
      stderr: '',
    });
  });

  describe('of many workers', () => {
    const many = async (workers: number, change = (text: string) => text) => {
      const values = place.write('many.yaml', `name: shop\nimage: a/b:1\nworkers: ${workers}\n`);
      await place.run('synth', '--values', values, '--output', place.path('many'));
      return place.write('shop.yaml', change(readFileSync(place.path('many/shop.k8s.yaml'), 'utf8')));
    };
    const shown = async (...args: string[]) => (await place.run('trace', ...args)).stdout.split('\n');

    test('prints one line for equal ones', async () => {
      const [title, headings, ...lines] = await shown(await many(100));
      expect(title).toBe('shop.yaml: 100 chains, 0 broken');
      expect(headings).toMatch(/^STATE +MONITOR ENDPOINT +SERVICE PORT +CONTAINER PORT +VARIABLES$/);
      expect(lines).toEqual([
        'ok     ServiceMonitor default/shop endpoints[0…99]  Service default/shop metrics-1…100:8001…8100  Deployment default/shop app metrics-1…100:8001…8100  METRICS_START_PORT=8001 WEB_CONCURRENCY=100',
        '',
      ]);
    });

    test('prints a line for each one that is broken, and the ranges of the others', async () => {
      const file = await many(6, (text) => text.replace('port: metrics-4\n', 'port: metrics-x\n'));
      const [, , ...lines] = await shown(file);
      expect(lines.slice(0, 3)).toEqual([
        expect.stringMatching(/^ok .* endpoints\[0…2\], endpoints\[4…5\] .* metrics-1…3:8001…8003, metrics-5…6:8005…8006 /),
        expect.stringMatching(/^broken .* metrics-4:8004 /),
        expect.stringMatching(/^broken .* endpoints\[3\] /),
      ]);
    });

    test('prints a line for each one with --verbose', async () => {
      const [, , ...lines] = await shown('--verbose', await many(3));
      expect(lines.filter((line) => line.startsWith('ok '))).toHaveLength(3);
    });

    test('keeps those of different objects, containers and variables apart', async () => {
      const text = (name: string) => readFileSync(place.path('many/shop.k8s.yaml'), 'utf8').replaceAll(/(?<=[ /])shop$/gm, name);
      await many(2);
      const file = place.write('two.yaml', `${text('shop-1')}---\n${text('shop-2')}`);
      const lines = (await shown(file)).filter((line) => line.startsWith('ok '));
      expect(lines).toEqual([expect.stringContaining('Service default/shop-1 metrics-1…2'), expect.stringContaining('Service default/shop-2 metrics-1…2')]);
    });
  }); // prettier-ignore

  test('names the argument that is an empty path', async () => {
    expect(await place.run('trace', '')).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: '[file...]: an empty path; name a file or a folder\n1 problem; nothing was traced\n',
    });
  });

  test('fails on a broken chain, and says where it breaks', async () => {
    const broken = readFileSync(place.path('dist/dev/shop.k8s.yaml'), 'utf8').replace('- interval: 30s\n      port: metrics-1', '- port: metrics-l');
    expect(await place.run('trace', '--quiet', place.write('broken.yaml', broken))).toEqual({
      exitCode: 1,
      stdout: `broken.yaml: 2 chains, 2 broken
STATE   MONITOR ENDPOINT                          SERVICE PORT  CONTAINER PORT                              VARIABLES
broken  none                                      -             Deployment default/shop app metrics-1:8001  METRICS_START_PORT=8001 WEB_CONCURRENCY=1
broken  ServiceMonitor default/shop endpoints[0]  -             none                                        -
broken.yaml:110: ServiceMonitor default/shop: spec.endpoints[0].port: "metrics-l" is not a port of Service default/shop (http, metrics-1); did you mean "metrics-1"?
broken.yaml:44: Deployment default/shop: spec.template.spec.containers[0].ports[1]: metrics-1 (8001) is not scraped: no endpoint of a ServiceMonitor or PodMonitor leads to it
`,
      stderr: '',
    });
  }); // prettier-ignore

  test('does not fail if the pods behind a Service are not known, and says that', async () => {
    const [, service = '', monitor = ''] = readFileSync(place.path('dist/dev/shop.k8s.yaml'), 'utf8').split('---\n');
    const file = place.write('etcd.yaml', [service.replace(/  selector:\n(    .*\n)+/, ''), monitor].join('---\n'));
    expect(await place.run('trace', file)).toEqual({
      exitCode: 0,
      stdout: `etcd.yaml: 1 chain, 0 broken
STATE   MONITOR ENDPOINT                          SERVICE PORT                         CONTAINER PORT                         VARIABLES
unseen  ServiceMonitor default/shop endpoints[0]  Service default/shop metrics-1:8001  not seen: the Service selects no pods  -
`,
      stderr: '',
    });
    expect(await place.run('trace', '--quiet', file)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  }); // prettier-ignore

  test('does not fail if relabelling decides in the cluster, and says that', async () => {
    const step = "- relabelings: [{ action: keep, sourceLabels: [__meta_kubernetes_pod_name], regex: 'shop-.*' }]\n      port: metrics-1";
    const text = readFileSync(place.path('dist/dev/shop.k8s.yaml'), 'utf8').replace('- interval: 30s\n      port: metrics-1', step);
    expect(await place.run('trace', place.write('some.yaml', text))).toEqual({
      exitCode: 0,
      stdout: `some.yaml: 1 chain, 0 broken
STATE      MONITOR ENDPOINT                          SERVICE PORT                         CONTAINER PORT                              VARIABLES
undecided  ServiceMonitor default/shop endpoints[0]  Service default/shop metrics-1:8001  Deployment default/shop app metrics-1:8001  METRICS_START_PORT=8001 WEB_CONCURRENCY=1
`,
      stderr: '',
    });
  }); // prettier-ignore

  describe('an object that is only unwise', () => {
    const UNWISE = '---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: db }\nspec:\n  serviceName: db-peers\n  selector: { matchLabels: { app: db } }\n  template: { metadata: { labels: { app: db } }, spec: { containers: [{ name: db, image: "db:1" }] } }\n';
    const WARNING = 'warning: unwise.yaml:6: StatefulSet default/db: spec.serviceName: there is no Service default/db-peers\n';

    test('gives a warning that names its file and line, and exit code 0', async () => {
      const { exitCode, stdout } = await place.run('trace', place.path('dist/dev'), place.write('unwise.yaml', UNWISE));
      expect([exitCode, stdout.split('\n').slice(3).join('\n')]).toEqual([0, WARNING]);
    });

    test('fails with --strict', async () => {
      const { exitCode, stdout } = await place.run('trace', '--strict', '--quiet', place.path('dist/dev'), place.write('unwise.yaml', UNWISE));
      expect([exitCode, stdout]).toEqual([1, `dist/dev/shop.k8s.yaml, unwise.yaml: 1 chain, 0 broken\n${WARNING}`]);
    });

    test('is passed over with --quiet', async () => {
      const file = place.write('unwise.yaml', UNWISE);
      expect(await place.run('trace', '--quiet', file)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    });
  }); // prettier-ignore

  test('leaves out a kustomization, with a note that names the command to run, and hooks without a note', async () => {
    const pod = '---\napiVersion: v1\nkind: Pod\nmetadata: { name: check, labels: { app: a }, annotations: { helm.sh/hook: test } }\nspec: { containers: [] }\n';
    place.write('in/shop.yaml', readFileSync(place.path('dist/dev/shop.k8s.yaml'), 'utf8') + pod);
    place.write('in/kustomization.yaml', 'resources: [shop.yaml]\n');
    const { exitCode, stdout } = await place.run('trace', place.path('in'));
    expect([exitCode, stdout.split('\n').slice(3)]).toEqual([
      0,
      ['note: in/kustomization.yaml:1: a Kustomization is not an object of a cluster and is ignored; to check the objects that it generates: kubectl kustomize in | worker-metrics trace -', ''],
    ]);
    expect(await place.run('trace', '--quiet', '--strict', place.path('in'))).toMatchObject({ exitCode: 0, stdout: '' });
  }); // prettier-ignore

  test.each(['{"name": "web", "version": "1.0.0"}', '{}', '[{"op": "replace", "path": "/spec", "value": 1}]', '"text"'])('leaves out %s in a .json file of a folder, with a note', async (json) => {
    place.write('with-json/shop.yaml', readFileSync(place.path('dist/dev/shop.k8s.yaml'), 'utf8'));
    place.write('with-json/other.json', json);
    const { exitCode, stdout } = await place.run('trace', place.path('with-json'));
    expect([exitCode, stdout.split('\n').slice(3)]).toEqual([
      0,
      ['note: with-json/other.json:1: a document without apiVersion, kind and metadata is not an object of a cluster and is ignored', ''],
    ]);
  }); // prettier-ignore

  test('finds fields of an AlertmanagerConfig that the operator does not know', async () => {
    const text = 'apiVersion: monitoring.coreos.com/v1alpha1\nkind: AlertmanagerConfig\nmetadata: { name: a }\nspec: { receivers: [{ name: a, webhookConfig: [] }] }\n';
    expect(await place.run('trace', '--quiet', place.write('config.yaml', text))).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining('AlertmanagerConfig default/a: spec.receivers[0].webhookConfig: unknown field; did you mean "webhookConfigs"?') as string,
    });
  }); // prettier-ignore

  test('names the file of a thing without a name', async () => {
    const { stdout } = await place.run('trace', place.path('dist/dev'), place.write('nothing.yaml', 'apiVersion: v1\nkind: Service\n'));
    expect(stdout).toContain('nothing.yaml:1: Service default/?: metadata.name: missing; expected');
  }); // prettier-ignore

  test('has a short headline for many files', async () => {
    const files = ['a', 'b', 'c', 'd'].map((name) => place.write(`many/${name}.yaml`, `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n`));
    const inFolder = await place.run('trace', place.path('many'));
    expect(inFolder.stdout).toMatch(/^4 files \(many\): 0 chains, 0 broken\n/);
    const byName = await place.run('trace', ...files);
    expect(byName.stdout).toMatch(/^4 files \(many\/a\.yaml, many\/b\.yaml, many\/c\.yaml, …\): 0 chains, 0 broken\n/);
  }); // prettier-ignore

  test('puts objects without a namespace, as helm template writes them, into that of --namespace', async () => {
    const [deployment, service, monitor = ''] = readFileSync(place.path('dist/dev/shop.k8s.yaml'), 'utf8').split('---\n');
    const elsewhere = monitor
      .replace('  namespace: default', '  namespace: monitoring')
      .replace('  endpoints:', '  namespaceSelector: { matchNames: [shop] }\n  endpoints:');
    const rendered = [deployment, service].map((text) => text?.replaceAll('  namespace: default\n', ''));
    const file = place.write('rendered.yaml', [...rendered, elsewhere].join('---\n'));
    expect(await place.run('trace', '-n', 'shop', file)).toEqual({
      exitCode: 0,
      stdout: `rendered.yaml: 1 chain, 0 broken
STATE  MONITOR ENDPOINT                             SERVICE PORT                      CONTAINER PORT                           VARIABLES
ok     ServiceMonitor monitoring/shop endpoints[0]  Service shop/shop metrics-1:8001  Deployment shop/shop app metrics-1:8001  METRICS_START_PORT=8001 WEB_CONCURRENCY=1
`,
      stderr: '',
    });
    expect(await place.run('trace', '--namespace', 'blog', '--quiet', file)).toMatchObject({ exitCode: 1 });
  }); // prettier-ignore

  describe('of a bundle for OLM', () => {
    const LABELS = '{ operator: shop }';
    const metadata = (namespace: string) => `metadata: { name: shop, labels: ${LABELS}${namespace && `, namespace: ${namespace}`} }`;
    const containers = '[{ name: manager, image: shop, ports: [{ name: metrics, containerPort: 8443 }] }]';
    const spec = `{ selector: { matchLabels: ${LABELS} }, template: { metadata: { labels: ${LABELS} }, spec: { containers: ${containers} } } }`;
    const bundle = (ofPods: string, ofService: string) => {
      const version = `apiVersion: operators.coreos.com/v1alpha1\nkind: ClusterServiceVersion\n${metadata(ofPods)}\nspec: { install: { strategy: deployment, spec: { deployments: [{ name: shop, spec: ${spec} }] } } }\n`;
      const service = `apiVersion: v1\nkind: Service\n${metadata(ofService)}\nspec: { selector: ${LABELS}, ports: [{ name: metrics, port: 8443, targetPort: metrics }] }\n`;
      const monitor = `apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\n${metadata(ofService)}\nspec: { selector: { matchLabels: ${LABELS} }, endpoints: [{ port: metrics }] }\n`;
      for (const [name, text] of Object.entries({ version, service, monitor })) place.write(`bundle/${name}.yaml`, text);
      return place.path('bundle');
    };

    test.each(['', 'placeholder'])('takes the namespace placeholder for none, with "%s" in the Service', async (namespace) => {
      const { exitCode, stdout } = await place.run('trace', '-n', 'blog', bundle('placeholder', namespace));
      expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/\nok .* Service blog\/shop .* ClusterServiceVersion blog\/shop /)]);
    });

    test('does not change other namespaces', async () => {
      expect(await place.run('trace', bundle('blog', ''))).toMatchObject({ exitCode: 1 });
      expect(await place.run('trace', bundle('blog', 'placeholder'))).toMatchObject({ exitCode: 1 });
    });
  }); // prettier-ignore

  test('refuses texts that kubectl reads as booleans and numbers', async () => {
    const env = 'env:\n            - { name: A, value: yes }\n            - { name: B, value: off }\n            - { name: C, value: 1_000 }';
    const text = readFileSync(place.path('dist/dev/shop.k8s.yaml'), 'utf8').replace('env:', env);
    const { exitCode, stdout } = await place.run('trace', place.write('f.yaml', text));
    expect([exitCode, stdout.split('\n').slice(3, -1)]).toEqual([
      1,
      [['true', 0, 34], ['false', 1, 35], ['1000', 2, 36]].map(
        ([value, i, line]) => `f.yaml:${line}: Deployment default/shop: spec.template.spec.containers[0].env[${i}].value: expected text, got ${value}; put it in quotes, as you wrote it`,
      ),
    ]);
  }); // prettier-ignore

  test('warns of a key given twice, of which kubectl takes the last, and does not fail', async () => {
    const text = readFileSync(place.path('dist/dev/shop.k8s.yaml'), 'utf8').replace('  labels:\n', '  labels:\n    a: b\n    a: c\n');
    const { exitCode, stdout } = await place.run('trace', place.write('f.yaml', text));
    expect([exitCode, stdout.split('\n').slice(3, -1)]).toEqual([
      0,
      ['warning: f.yaml:6: Deployment default/shop: metadata.labels.a: given in line 5 too; remove one of the two'],
    ]);
  }); // prettier-ignore

  test('refuses a text that is no namespace', async () => {
    expect(await place.run('trace', '-n', 'Shop')).toEqual({
      exitCode: 1,
      stdout: '',
      stderr:
        'error: option \'-n, --namespace <name>\' argument \'Shop\' is invalid. Expected a DNS label (lowercase letters, digits and "-", no "-" first or last, at most 63 characters).\n',
    });
  });

  test('prints JSON for machines', async () => {
    const { exitCode, stdout } = await place.run('trace', place.path('dist/live'), '--format', 'json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ traces: [{ chains: [{ isWhole: true }] }], diagnostics: [] });
  });

  test.each([
    [
      ['trace', '{}'],
      '{}: cannot be read: no such file or directory; name a file, or a folder with files (its subfolders are not read)\n1 problem; nothing was traced\n',
    ],
    [['trace', 'empty.yaml'], 'empty.yaml: contains no objects\n1 problem; nothing was traced\n'],
    [
      ['trace', 'empty'],
      'empty: no .yaml or .json file in this folder; name a file, or a folder with files (its subfolders are not read)\n1 problem; nothing was traced\n',
    ],
  ])('refuses %j', async ([command = '', name = ''], stderr) => {
    place.write('empty.yaml', '---\n');
    place.write('empty/README', '');
    expect(await place.run(command, place.path(name))).toEqual({ exitCode: 1, stdout: '', stderr });
  });
});

describe('the traced objects', () => {
  test('the JSON files of a folder are read, as kubectl reads them', async () => {
    const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'shop' }, spec: { ports: [{ port: 'http' }] } };
    place.write('json/service.json', JSON.stringify(service));
    expect((await place.run('trace', place.path('json'))).stdout).toContain('spec.ports[0].port: expected a whole number');
  }); // prettier-ignore

  test('is each folder of the output by itself, where no file is named', async () => {
    const result = await traceFiles({ files: [], output: dist, stdin: Readable.from([]) });
    expect(result).toMatchObject({ traces: [{ of: `${dist}/dev` }, { of: `${dist}/live` }] });
  });

  test('is nothing where there is no output', async () => {
    const result = await traceFiles({ files: [], output: place.path('none'), stdin: Readable.from([]) });
    expect(result).toEqual({
      problems: [
        {
          severity: 'error',
          file: place.path('none'),
          message: 'contains no manifests',
          hint: 'run synth first, or name files',
        },
      ],
    });
  });

  test('is standard input and files together', async () => {
    const whole = readFileSync(place.path('dist/dev/shop.k8s.yaml'), 'utf8');
    const [deployment = '', ...others] = whole.split('---\n');
    const file = place.write('others.yaml', others.join('---\n'));
    const result = await traceFiles({ files: ['-', file], output: dist, stdin: Readable.from([deployment]) });
    expect(result).toMatchObject({ traces: [{ of: `<stdin>, ${file}`, chains: [{ isWhole: true }], diagnostics: [] }] });
  }); // prettier-ignore
});
