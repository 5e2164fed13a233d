import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { dump, load } from 'js-yaml';
import { importHelm, type ImportOptions } from '../../src/import-helm/import-helm.js';
import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import { parseValues } from '../../src/values/parse-values.js';
import { Workplace } from './command-line.js';

const HELM = `fullnameOverride: shop
image: { repository: a/b, tag: "1.0" }
env:
  config: { WEB_CONCURRENCY: "3", METRICS_START_PORT: 9001, DEBUG: true }
nodeSelector: { disk: ssd }
ingress: { enabled: false, hosts: [a] }
tolerations: []
`;

let place: Workplace;
beforeEach(() => (place = new Workplace()));
afterEach(() => place.remove());

describe('worker-metrics import-helm', () => {
  test('writes our values, and names what has no place in them', async () => {
    const helm = place.write('chart/values.yaml', HELM);
    expect(await place.run('import-helm', helm, '--output', place.path('values/shop.yaml'))).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: `values/shop.yaml: written
warning: chart/values.yaml:5: nodeSelector.disk: not carried over: "ssd"
1 value not carried over
left out, because empty or disabled: ingress.enabled, ingress.hosts, tolerations
Check the values that charts set in templates: http.port, container, metrics.interval. A container of another name would be added beside the old one when this is applied to its Deployment. Containers run as user 1000 with a read-only file system unless runAsUser is set.
`,
    });
    expect(readFileSync(place.path('values/shop.yaml'), 'utf8')).toBe(`# yaml-language-server: $schema=../node_modules/cdk8s-worker-metrics/schema/values.schema.json
name: shop
image: a/b:1.0
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

  test('shows no value that may be a secret, and says where those of variables belong', async () => {
    const secrets = `postgresql: { auth: { userPasswd: hunter2, PASSWORD: hunter2, port: 5432 } }
apiToken: hunter2
awsCredentials: { id: hunter2 }
sshKey: [hunter2]
`;
    const env = 'env:\n  secret: { DB_URL: hunter2 }\n  plain: { LEVEL: info, DB_PASSWORD: hunter2 }\n  fromSecrets: [hunter2]\n';
    const helm = place.write('chart/values.yaml', HELM.replace('env:\n', env) + secrets);
    const { stdout, stderr } = await place.run('import-helm', helm, '--output', '-', '--quiet');
    const hidden = 'not carried over: a value that may be a secret (not shown)';
    expect(stderr).toBe(`warning: chart/values.yaml:4: env.secret.DB_URL: ${hidden}; put it in a Secret, and set env: { DB_URL: { secret: …, key: … } }
warning: chart/values.yaml:5: env.plain.LEVEL: not carried over: "info"
warning: chart/values.yaml:5: env.plain.DB_PASSWORD: ${hidden}; put it in a Secret, and set env: { DB_PASSWORD: { secret: …, key: … } }
warning: chart/values.yaml:6: env.fromSecrets: ${hidden}
warning: chart/values.yaml:8: nodeSelector.disk: not carried over: "ssd"
warning: chart/values.yaml:11: postgresql.auth.userPasswd: ${hidden}
warning: chart/values.yaml:11: postgresql.auth.PASSWORD: ${hidden}
warning: chart/values.yaml:11: postgresql.auth.port: not carried over: 5432
warning: chart/values.yaml:12: apiToken: ${hidden}
warning: chart/values.yaml:13: awsCredentials.id: ${hidden}
warning: chart/values.yaml:14: sshKey: ${hidden}
`);
    expect(stdout).not.toContain('hunter2');
  }); // prettier-ignore

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
      '<values.yaml>: an empty path; name a Helm values file\n1 problem; nothing was written\n',
    );
    place.write('empty/notes.md', '');
    expect(await refused(place.path('empty'))).toBe(
      'empty: no .yaml file in this folder; name a Helm values file\n1 problem; nothing was written\n',
    );
  });

  test('takes the last of a key given twice, as Helm does, and warns', async () => {
    const helm = place.write('twice/values.yaml', `${HELM}replicaCount: 1\nreplicaCount: 2\n`);
    const { stdout, stderr } = await place.run('import-helm', helm, '--output', '-', '--quiet');
    expect(load(stdout)).toMatchObject({ replicas: 2 });
    expect(stderr).toContain('warning: twice/values.yaml:9: replicaCount: given in line 8 too; remove one of the two\n');
  }); // prettier-ignore

  test('follows merge keys, and names no value that is carried over where it is merged', async () => {
    const helm = place.write('values.yaml', 'defaults: &d { A: b, WEB_CONCURRENCY: 2, METRICS_START_PORT: 9001 }\nimage: { repository: a/b, tag: "1" }\nenv: { config: { <<: *d } }\n');
    const { stdout, stderr } = await place.run('import-helm', helm, '--name', 'web', '--output', '-', '--quiet');
    expect(load(stdout)).toMatchObject({ workers: 2, metrics: { startPort: 9001 }, env: { A: 'b' } });
    expect(stderr).toBe('');
  }); // prettier-ignore

  test('carries over what Helm reads, and names what is written otherwise', () => {
    const { values, warnings } = imported(HELM.replace('DEBUG: true', 'DEBUG: yes, MASK: 0022, Q: "no", B: true').replace('"1.0"', '1.10'));
    expect(values).toMatchObject({ image: 'a/b:1.1', env: { DEBUG: 'true', MASK: '18', Q: 'no', B: 'true' } });
    expect(warnings).toEqual([
      'values.yaml:4: env.config.DEBUG: Helm reads yes as true, which is carried over; if you mean "yes", write that',
      'values.yaml:4: env.config.MASK: Helm reads 0022 as 18, which is carried over; if you mean "0022", write that',
      'values.yaml:2: image.tag: Helm reads 1.10 as 1.1, which is carried over; if you mean "1.10", write that',
    ]);
  }); // prettier-ignore

  test.each([
    ['DB_PASSWORD', 'hunter2'],
    ['SECRET_KEY', 'abc'],
    ['API_TOKEN', 'abc'],
    ['AWS_SECRET_ACCESS_KEY', 'abc'],
    ['DATABASE_URL', 'postgres://app:hunter2@db/app'],
  ])('warns of %s, which looks like a password, and does not print it', (name, value) => {
    const { values, warnings } = imported(HELM.replace('DEBUG: true', `${name}: "${value}"`));
    expect(values).toMatchObject({ env: { [name]: value } });
    expect(warnings).toEqual([
      `values.yaml:4: env.config.${name}: looks like a password, and is readable here; put it in a Secret, and set env: { ${name}: { secret: …, key: … } }`,
    ]);
  }); // prettier-ignore

  test.each([
    ['DB_PASSWORD', ''],
    ['DB_PASSWORD_FILE', '/run/secrets/db'],
    ['PASSWORD_MIN_LENGTH', '8'],
    ['TOKEN_TTL', '1h'],
    ['USE_TOKENS', 'true'],
    ['CACHE_KEY_PREFIX', 'web'],
    ['DATABASE_URL', 'postgres://db/app'],
    ['DATABASE_URL', 'postgres://app:$(DB_PASSWORD)@db/app'],
    ['KEYCLOAK', 'https://id.example.com'],
  ])('does not warn of %s: %j', (name, value) => {
    expect(imported(HELM.replace('DEBUG: true', `${name}: "${value}"`)).warnings).toEqual([]);
  });

  test('reads a flat name and image', () => {
    const text = HELM.replace('fullnameOverride', 'name').replace(/image: .*/, 'image: a/b:2.0\nimagePullPolicy: Always\nreplicas: 3');
    expect(imported(text, { instance: 'prod' })).toMatchObject({
      values: { name: 'shop', image: 'a/b:2.0', imagePullPolicy: 'Always', replicas: 3 },
      warnings: [],
    });
  }); // prettier-ignore

  test('prints to standard output when asked', async () => {
    const helm = place.write('chart/values.yaml', HELM);
    const { stdout } = await place.run(
      'import-helm',
      helm,
      '--output',
      '-',
      '--http-port',
      '5000',
      '--quiet',
    );
    expect(load(stdout)).toMatchObject({ name: 'shop', http: { port: 5000 } });
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
    expect([exitCode, stderr]).toEqual([1, `${expected}\n1 problem; nothing was written\n`]);
  }); // prettier-ignore
});

describe('the name of the Deployment', () => {
  const CHART = HELM.replace('fullnameOverride: shop\n', '');
  beforeEach(() => place.write('Chart.yaml', 'name: shop\n'));

  test('is the one of helm create, and its other selector is said', () => {
    expect(imported(CHART, { instance: 'prod', namespace: 'live' })).toMatchObject({
      values: { name: 'prod-shop', instance: 'prod' },
      warnings: [
        'values.yaml: the Deployment of helm create selects app.kubernetes.io/name=shop,app.kubernetes.io/instance=prod, ours selects app.kubernetes.io/name=prod-shop,app.kubernetes.io/instance=prod, and a selector cannot be changed; before the first apply: kubectl delete deployment prod-shop -n live',
      ],
    });
  });

  test.each([
    ['the release contains the name of the chart', CHART, 'my-shop', 'my-shop'],
    [
      'nameOverride takes the place of the name of the chart',
      `${CHART}nameOverride: web\n`,
      'prod',
      'prod-web',
    ],
    [
      'fullnameOverride counts before all',
      `${CHART}fullnameOverride: front\nnameOverride: web\n`,
      'prod',
      'front',
    ],
  ])('follows its rules: %s', (_, text, instance, name) => {
    const { values, warnings } = imported(text, { instance });
    expect(values).toMatchObject({ name, instance });
    expect(warnings).toEqual([expect.stringContaining(`kubectl delete deployment ${name} -n default`)]);
  });

  test('has the same selector where release and chart have one name', () => {
    expect(imported(CHART, { instance: 'shop' })).toMatchObject({ values: { name: 'shop' }, warnings: [] });
  });

  test('is not known without the release', () => {
    expect(imported(CHART)).toMatchObject({
      values: { name: 'shop' },
      warnings: ['values.yaml: the name of the release is unknown, and helm create names objects after it; set --instance'],
    });
  }); // prettier-ignore

  test('is another with --name, and would stand beside the old one', () => {
    expect(imported(CHART, { instance: 'prod', name: 'web' }).warnings).toEqual([
      'values.yaml: helm create names the Deployment prod-shop; ours, web, would be added beside it: omit --name, or delete the old one',
    ]);
  });
});

describe('values from Helm', () => {
  test('take name and tag from the chart, where they are silent', () => {
    place.write('Chart.yaml', 'name: from-chart\nappVersion: 7\n');
    const helm = HELM.replace('fullnameOverride: shop', 'nameOverride: ""').replace(', tag: "1.0"', '');
    expect(converted(helm)).toMatchObject({ name: 'from-chart', image: 'a/b:7' });
  });

  test('take what templates have from the command line', async () => {
    const helm = place.write('chart/values.yaml', HELM.replace('WEB_CONCURRENCY: "3", ', ''));
    const options = ['--container', 'web', '--workers', '4', '--output', '-', '--quiet'];
    const { stdout } = await place.run('import-helm', helm, ...options);
    expect(load(stdout)).toMatchObject({ container: 'web', workers: 4 });
  });

  test('take the labels of the monitor, by which Prometheus finds it', () => {
    const labelled = (labels: object) =>
      converted(`${HELM}serviceMonitor: ${JSON.stringify({ enabled: true, labels })}\n`)['labels'];
    expect(labelled({ release: 'prom' })).toEqual({ release: 'prom' });
    expect(labelled({ 'app.kubernetes.io/name': 'a' })).toBeUndefined();
  });

  test.each([
    ['no resources are no resources, not our defaults', {}, null],
    ['resources of null are none', null, null],
    ['a limit alone brings no request with it', { limits: { cpu: 1 } }, { requests: null, limits: { memory: null, cpu: 1 } }],
    ['a request alone brings no limit with it', { requests: { cpu: 1 } }, { requests: { cpu: 1, memory: null }, limits: null }],
  ])('%s', (_, resources, expected) => {
    expect(converted(`${HELM}resources: ${JSON.stringify(resources)}\n`)['resources']).toEqual(expected);
  }); // prettier-ignore

  test('set no resources where they do not speak of any: then the chart sets none', () => {
    expect(converted(HELM)).toMatchObject({ resources: null });
  });

  test('name a second health path, for which we have no place', () => {
    const probes =
      'livenessProbe: { httpGet: { path: /a, port: http } }\nreadinessProbe: { httpGet: { path: /b } }\n';
    const imported = importHelm({ file: place.write('values.yaml', `${HELM}${probes}`) });
    expect(imported).toMatchObject({
      notCarried: [{ field: 'nodeSelector.disk' }, { field: 'readinessProbe.httpGet.path', value: '/b' }],
    });
  });

  test.each([
    [
      'the Host header of a probe is its host, and other headers are named',
      'livenessProbe: { httpGet: { path: /a, httpHeaders: [{ name: Accept, value: "*/*" }, { name: Host, value: app.example.com }] } }',
      { http: { healthPath: '/a', healthHost: 'app.example.com' } },
      ['livenessProbe.httpGet.httpHeaders[0]'],
    ],
    [
      'another host of another probe is named',
      'livenessProbe: { httpGet: { path: /a, httpHeaders: [{ name: host, value: a.example.com }] } }\nreadinessProbe: { httpGet: { path: /a, httpHeaders: [{ name: Host, value: b.example.com }] } }',
      { http: { healthPath: '/a', healthHost: 'a.example.com' } },
      ['readinessProbe.httpGet.httpHeaders'],
    ],
    [
      "the container's user counts before the pod's",
      'podSecurityContext: { runAsUser: 1000 }\nsecurityContext: { runAsUser: 2000 }',
      { runAsUser: 2000 },
      ['podSecurityContext.runAsUser'],
    ],
    [
      'one user in both places is carried over',
      'podSecurityContext: { runAsUser: 1000 }\nsecurityContext: { runAsUser: 1000 }',
      { runAsUser: 1000 },
      [],
    ],
    [
      'of two monitors that are on the first counts, and the other is named',
      'serviceMonitor: { interval: 15s }\nmetrics: { serviceMonitor: { enabled: true, interval: 45s } }',
      { metrics: { interval: '15s' } },
      ['metrics.serviceMonitor.interval'],
    ],
    ['a name beside the full one is named', 'nameOverride: web', { name: 'shop' }, ['nameOverride']],
  ])('of two sources: %s', (_what, more, values, named) => {
    const imported = importHelm({ file: place.write('values.yaml', `${HELM}${more}\n`) });
    if ('problems' in imported) throw new Error(JSON.stringify(imported.problems));
    expect(load(imported.text)).toMatchObject(values);
    expect(imported.notCarried.map(({ field }) => field)).toEqual(['nodeSelector.disk', ...named]);
  });

  test('of two monitors the one that is switched on counts, wherever it stands', () => {
    const monitors =
      'serviceMonitor: { enabled: false, interval: 15s, scrapeTimeout: 5s }\nmetrics: { serviceMonitor: { enabled: true, interval: 45s } }\n';
    const imported = importHelm({ file: place.write('values.yaml', `${HELM}${monitors}`) });
    if ('problems' in imported) throw new Error(JSON.stringify(imported.problems));
    expect(load(imported.text)).toMatchObject({ metrics: { startPort: 9001, interval: '45s' } });
    expect(load(imported.text)).not.toHaveProperty('metrics.scrapeTimeout');
    expect(imported.silent).toEqual(
      expect.arrayContaining(['serviceMonitor.interval', 'serviceMonitor.scrapeTimeout']),
    );
  });

  test('carry an empty variable over, and say nothing of it', () => {
    const imported = importHelm({ file: place.write('values.yaml', HELM.replace('DEBUG: true', 'E: ""')) });
    if ('problems' in imported) throw new Error(JSON.stringify(imported.problems));
    expect(load(imported.text)).toMatchObject({ env: { E: '' } });
    expect(imported.silent).toEqual(['ingress.enabled', 'ingress.hosts', 'tolerations']);
  });

  test('say again all that they were made of, for every application', () => {
    const name = fc.stringMatching(/^[A-Z][A-Z_]{0,8}$/);
    const text = fc.oneof(
      fc.string(),
      fc.integer().map(String),
      fc.constantFrom('true', 'yes', '0x1', '~', ''),
    );
    const application = fc.record({
      workers: fc.integer({ min: 1, max: 100 }),
      startPort: fc.integer({ min: 8001, max: 65_000 }),
      replicas: fc.integer({ min: 0, max: 50 }),
      servicePort: fc.integer({ min: 1, max: 1000 }),
      env: fc.dictionary(name, text, { maxKeys: 4 }),
    });
    fc.assert(
      fc.property(application, ({ workers, startPort, replicas, servicePort, env }) => {
        const helm = {
          fullnameOverride: 'shop',
          replicaCount: replicas,
          image: { repository: 'a/b', tag: '1' },
          service: { type: 'ClusterIP', port: servicePort },
          env: { config: { ...env, WEB_CONCURRENCY: workers, METRICS_START_PORT: startPort } },
        };
        const parsed = parseValues([{ file: 'f', text: textOf(dump(helm)) }]);
        expect(parsed.problems).toEqual([]);
        expect(parsed.values[0]?.spec).toMatchObject({
          name: 'shop',
          image: 'a/b:1',
          replicas,
          workers,
          http: { servicePort },
          metrics: { startPort },
          ...(Object.keys(env).length > 0 && { env: { ...env } }),
          resources: { requests: {}, limits: {} },
        });
      }),
      { numRuns: 50 },
    );
  });
});

/** Our values file for a Helm one. */
function textOf(helm: string): string {
  const imported = importHelm({ file: place.write('values.yaml', helm) });
  if ('problems' in imported) throw new Error(JSON.stringify(imported.problems));
  return imported.text;
}

function converted(helm: string): Record<string, unknown> {
  return load(textOf(helm)) as Record<string, unknown>;
}

function imported(helm: string, facts: Omit<ImportOptions, 'file'> = {}) {
  const result = importHelm({ file: place.write('values.yaml', helm), ...facts });
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return {
    values: load(result.text) as Record<string, unknown>,
    warnings: result.warnings.map((warning) => formatDiagnostic({ ...warning, file: 'values.yaml' })),
  };
}
