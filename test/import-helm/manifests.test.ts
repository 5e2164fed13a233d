import { existsSync } from 'node:fs';
import { load } from 'js-yaml';
import { CONTAINER, deployment, Manifests, SELECTOR, SERVICE, text } from './manifests.js';

let chart: Manifests;
beforeEach(() => (chart = new Manifests()));
afterEach(() => chart.remove());

const imported = (...objects: object[]) => chart.ofObjects(...objects);

test('the live Deployment keeps its name, its selector, its container, and the workers of its command', () => {
  const { values, losses, patches, cosmetic } = imported(deployment(), SERVICE);

  expect(values).toMatchObject({
    name: 'prod-shop',
    namespace: 'shop',
    selectorLabels: SELECTOR,
    labels: SELECTOR,
    container: 'web',
    workers: 3,
  });
  expect([losses, patches]).toEqual([[], 0]);
  expect(cosmetic.map(({ reason }) => reason)).toContain(
    'the port of the Service is called http, not "web": whoever names it must name the new one; its number stays',
  );
});

test('what the chart does not restrict stays unrestricted', () => {
  expect(imported(deployment(), SERVICE).values).toMatchObject({
    runAsUser: null,
    podSecurityContext: { runAsNonRoot: null, seccompProfile: null },
    containerSecurityContext: {
      allowPrivilegeEscalation: null,
      capabilities: null,
      readOnlyRootFilesystem: null,
    },
    resources: null,
  });
});

test.each([
  ['a field of the pods', deployment({ hostNetwork: true }), { podSpec: { hostNetwork: true } }],
  ['a field of the container', deployment({}, { tty: true }), { containerSpec: { tty: true } }],
  [
    'the later of two variables with one name',
    deployment(
      {},
      {
        env: [
          { name: 'A', value: '1' },
          { name: 'A', value: '2' },
        ],
      },
    ),
    { env: { A: '2' } },
  ],
  [
    'variables in every form',
    deployment(
      {},
      {
        env: [
          { name: 'A', value: 'a' },
          { name: 'EMPTY' },
          { name: 'B', valueFrom: { secretKeyRef: { name: 's', key: 'k', optional: true } } },
          { name: 'C', valueFrom: { configMapKeyRef: { name: 'c', key: 'k' } } },
          { name: 'D', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'status.podIP' } } },
          { name: 'E', valueFrom: { resourceFieldRef: { resource: 'limits.memory', divisor: '1Mi' } } },
        ],
        envFrom: [
          { secretRef: { name: 's' }, prefix: 'S_' },
          { configMapRef: { name: 'c', optional: true } },
        ],
      },
    ),
    {
      env: {
        A: 'a',
        EMPTY: '',
        B: { secret: 's', key: 'k', optional: true },
        C: { configMap: 'c', key: 'k' },
        D: { field: 'status.podIP' },
        E: { resource: 'limits.memory', divisor: '1Mi' },
      },
      envFrom: [
        { secret: 's', prefix: 'S_' },
        { configMap: 'c', optional: true },
      ],
    },
  ],
  [
    'a volume in two places',
    deployment(
      { volumes: [{ name: 'data', emptyDir: {} }] },
      {
        volumeMounts: [
          { name: 'data', mountPath: '/a' },
          { name: 'data', mountPath: '/b', readOnly: true },
        ],
      },
    ),
    {
      volumes: { data: { emptyDir: {}, mounts: [{ mountPath: '/a' }, { mountPath: '/b', readOnly: true }] } },
    },
  ],
  [
    'containers beside it, with the rights that they have',
    deployment({
      initContainers: [
        { name: 'proxy', image: 'p:1', restartPolicy: 'Always' },
        { name: 'migrate', image: 'i:1' },
      ],
      containers: [CONTAINER, { name: 'log', image: 'l:1' }],
    }),
    {
      initContainers: { migrate: { image: 'i:1', securityContext: {} } },
      sidecars: {
        proxy: { image: 'p:1', securityContext: {} },
        log: { native: false, image: 'l:1', securityContext: {} },
      },
    },
  ],
])('carries over %s', (_, object, values) => {
  const result = imported(object, SERVICE);
  expect(result.values).toMatchObject(values);
  expect([result.losses, result.patches]).toEqual([[], 0]);
});

test.each([
  ['that other objects have with another value are one patch', { release: 'monitoring', team: 'web' }, 1],
  ['that no other object has are labels of the application', { team: 'web' }, 0],
])('labels of the monitor %s', (_, labels, patched) => {
  const metadata = { name: 'prod-shop', namespace: 'shop', labels: SELECTOR };
  const monitor = {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: { ...metadata, labels },
    spec: { selector: { matchLabels: SELECTOR }, endpoints: [{ port: 'web' }] },
  };
  const budget = {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata,
    spec: { maxUnavailable: 1, selector: { matchLabels: SELECTOR } },
  };

  const { values, patches, losses } = imported(deployment(), SERVICE, budget, monitor);

  expect([patches, losses]).toEqual([patched, []]);
  expect(values['labels']).toEqual({ ...SELECTOR, team: 'web' });
  expect(values['patches'] ?? []).toEqual(
    patched === 0
      ? []
      : [
          {
            target: { kind: 'ServiceMonitor', name: 'prod-shop' },
            merge: { metadata: { labels: { release: 'monitoring' } } },
          },
        ],
  );
});

test('a probe without a port stays as it is, also where the port of the application has no name', () => {
  const livenessProbe = { exec: { command: ['true'] } };
  const service = { ...SERVICE, spec: { selector: SELECTOR, ports: [{ port: 80, targetPort: 8000 }] } };

  const { values, patches } = imported(
    deployment({}, { ports: [{ containerPort: 8000 }], livenessProbe }),
    service,
  );

  expect([values['probes'], patches]).toEqual([{ liveness: livenessProbe }, 0]);
});

test.each([
  [
    'the number of a grpc probe, which has no name',
    { readinessProbe: { grpc: { port: 8000 } } },
    { probes: { readiness: { grpc: { port: 8000 } } } },
  ],
  [
    'the number in lifecycle',
    { lifecycle: { preStop: { httpGet: { path: '/stop', port: 8000 } } } },
    { lifecycle: { preStop: { httpGet: { path: '/stop', port: 8000 } } } },
  ],
  [
    'the name in lifecycle, which is http here',
    { lifecycle: { preStop: { httpGet: { path: '/stop', port: 'web' } } } },
    { lifecycle: { preStop: { httpGet: { path: '/stop', port: 'http' } } } },
  ],
])('carries over %s', (_, container, values) => {
  const result = imported(deployment({}, container), SERVICE);

  expect(result.values).toMatchObject(values);
  expect([result.losses, result.patches]).toEqual([[], 0]);
});

test('a sidecar in front of the application takes the requests', () => {
  const nginx = { name: 'nginx', image: 'nginx:1', ports: [{ name: 'front', containerPort: 8080 }] };
  const service = { ...SERVICE, spec: { selector: SELECTOR, ports: [{ port: 80, targetPort: 8080 }] } };

  const { values, losses, patches } = imported(deployment({ containers: [CONTAINER, nginx] }), service);

  expect(values).toMatchObject({ http: { targetPort: 'front' } });
  expect([losses, patches]).toEqual([[], 0]);
});

test('a field without a key becomes a patch', () => {
  const service = {
    ...SERVICE,
    spec: { ...SERVICE.spec, clusterIP: 'None', ports: [{ ...SERVICE.spec.ports[0], appProtocol: 'http' }] },
  };

  const { values, losses } = imported(
    deployment({}, {}, { annotations: { 'example.com/owner': 'a' } }),
    service,
  );

  expect(values['patches']).toEqual([
    {
      target: { kind: 'Deployment', name: 'prod-shop' },
      merge: { metadata: { annotations: { 'example.com/owner': 'a' } } },
    },
    { target: { kind: 'Service', name: 'prod-shop' }, merge: { spec: { clusterIP: 'None' } } },
    {
      target: { kind: 'Service', name: 'prod-shop' },
      json: [
        { op: 'test', path: '/spec/ports/0/name', value: 'http' },
        { op: 'add', path: '/spec/ports/0/appProtocol', value: 'http' },
      ],
    },
  ]);
  expect(losses).toEqual([]);
});

test('a field that our types do not know becomes a patch', () => {
  const { values, losses } = imported(deployment({ tolerations: [{ key: 'a', newField: 1 }] }), SERVICE);

  expect(values).not.toHaveProperty('tolerations');
  expect(values['patches']).toMatchObject([
    { merge: { spec: { template: { spec: { tolerations: [{ key: 'a', newField: 1 }] } } } } },
  ]);
  expect(losses).toEqual([]);
});

test('other objects are written as they are, without the labels of Helm', () => {
  const config = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'c',
      namespace: 'shop',
      labels: { 'helm.sh/chart': 'shop-1', 'app.kubernetes.io/managed-by': 'Helm', team: 'a' },
    },
    data: { a: 'b' },
  };

  expect(imported(deployment(), SERVICE, config).values['objects']).toEqual([
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', labels: { team: 'a' } }, data: { a: 'b' } },
  ]);
});

test('a Secret with data is not copied, and hooks and tests of Helm are named', () => {
  const hook = (kind: string) => ({ annotations: { 'helm.sh/hook': kind } });
  const {
    text: written,
    losses,
    cosmetic,
  } = imported(
    deployment(),
    SERVICE,
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, stringData: { password: 'hunter2' } },
    { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'm', ...hook('pre-upgrade') }, spec: {} },
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 't', ...hook('test') }, spec: {} },
  );

  expect(written).not.toContain('hunter2');
  expect(losses).toMatchObject([
    { cost: 'keeps pods from running', place: { object: 'Secret default/s', line: 46 } },
    { cost: 'keeps pods from running', place: { object: 'Job default/m' } },
  ]);
  expect(cosmetic).toContainEqual({
    objects: ['Pod default/t'],
    fields: [],
    reason: 'only helm test runs it, and no application needs it',
  });
});

test.each([
  [
    'of one metrics port for each worker',
    [{ port: 'metrics-1', interval: '15s' }],
    { startPort: 9001, interval: '15s' },
  ],
  [
    'of the sums of all workers',
    [{ port: 'web', path: '/stats' }],
    { strategy: 'aggregated', path: '/stats' },
  ],
])('the monitor %s is ours', (_, endpoints, metrics) => {
  const container = { env: [{ name: 'METRICS_START_PORT', value: '9001' }] };
  const monitor = {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: { name: 'prod-shop', namespace: 'shop', labels: { release: 'prometheus' } },
    spec: { selector: { matchLabels: SELECTOR }, endpoints },
  };

  const { values } = imported(deployment({}, 'startPort' in metrics ? container : {}), SERVICE, monitor);

  const merge = { metadata: { labels: { release: 'prometheus' } } };
  expect(values).toMatchObject({ metrics, patches: [{ target: { kind: 'ServiceMonitor' }, merge }] });
  expect(values).not.toHaveProperty('objects');
});

test('a chart without a monitor gives metrics: false, with a warning', () => {
  const { values, warnings } = imported(deployment(), SERVICE);

  const message = 'the chart makes no monitor, and metrics: false is written';
  expect(values).toMatchObject({ metrics: false });
  expect(warnings).toMatchObject([{ severity: 'warning', object: 'Deployment shop/prod-shop', message }]);
});

test('the metrics ports of a Service for the world move to a headless one', () => {
  const container = { env: [{ name: 'METRICS_START_PORT', value: '9001' }] };
  const service = { ...SERVICE, spec: { ...SERVICE.spec, type: 'LoadBalancer' } };

  const { values, losses } = imported(deployment({}, container), service);

  expect(values).toMatchObject({ service: { type: 'LoadBalancer' }, metrics: { service: 'headless' } });
  expect(losses).toEqual([]);
});

test('an autoscaler of another name keeps the number of pods', () => {
  const autoscaler = {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'scaler' },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'prod-shop' },
      maxReplicas: 3,
    },
  };

  expect(imported(deployment(), SERVICE, autoscaler).values).toMatchObject({
    replicas: null,
    objects: [{ kind: 'HorizontalPodAutoscaler' }],
  });
});

test('of several Deployments, the one behind the Service has the web pods; --name chooses another', () => {
  const other = { ...deployment(), metadata: { name: 'celery', namespace: 'shop' } };
  const celery = JSON.parse(JSON.stringify(other).replaceAll('"app":"shop"', '"app":"celery"')) as object;
  const all = text(deployment(), SERVICE, celery);

  expect(chart.result(all)).toMatchObject({ name: 'prod-shop' });
  expect(chart.result(all, { name: 'celery' })).toMatchObject({ name: 'celery' });
});

test('of two numbers of workers, the later one counts', () => {
  const env = ['2', '4'].map((value) => ({ name: 'WEB_CONCURRENCY', value }));

  const { values, patches } = imported(deployment({}, { command: ['run'], env }), SERVICE);

  expect([values['workers'], values['env'], patches]).toEqual([4, undefined, 0]);
});

test('a List contains the objects of the chart', () => {
  const { values, warnings } = imported({ apiVersion: 'v1', kind: 'List', items: [SERVICE, deployment()] });

  expect(values).toMatchObject({ name: 'prod-shop', workers: 3 });
  expect(warnings).toMatchObject([{ line: 19, object: 'Deployment shop/prod-shop' }]);
});

test('messages name the namespace of -n for objects that have none', () => {
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data: { a: 'YQ==' } };
  const web = deployment({}, {}, { namespace: undefined });

  const { losses, warnings } = chart.result(text(web, secret), { namespace: 'other' });

  expect(losses).toMatchObject([{ place: { object: 'Secret other/s' } }]);
  expect(warnings).toMatchObject([{ object: 'Deployment other/prod-shop' }]);
});

test('a problem is placed in the manifest', async () => {
  chart.write(
    'all.yaml',
    text(deployment({}, { command: ['run'], env: [{ name: 'WEB_CONCURRENCY', value: 'many' }] })),
  );

  const { exitCode, stderr } = await chart.runInside('import-helm', 'all.yaml', '--format', 'text');

  expect(exitCode).toBe(1);
  expect(stderr).toContain(
    'all.yaml:27: Deployment shop/prod-shop: spec.template.spec.containers[0].env[0].value: expected a whole number from 1 to 100, got "many"',
  );
});

test('manifests without a Deployment, and several without a Service, are refused', async () => {
  const refused = async (...objects: object[]) => {
    chart.write('all.yaml', text(...objects));
    return (await chart.runInside('import-helm', 'all.yaml')).stderr.split('\n')[0];
  };

  expect(await refused(SERVICE)).toBe(
    'all.yaml: no Deployment in these manifests; name the manifests of a chart with a web application',
  );
  expect(await refused({ ...deployment(), kind: 'StatefulSet' })).toBe(
    'all.yaml: no Deployment in these manifests, but StatefulSet shop/prod-shop; a WorkerApp makes a Deployment: name the manifests of a chart whose web application is one',
  );
  expect(await refused(deployment(), deployment({}, {}, { name: 'celery' }))).toBe(
    'all.yaml: 2 Deployments, and it is not known which has the web pods; set --name; known are prod-shop, celery',
  );
});

describe('--strict', () => {
  const run = async (...objects: object[]) => {
    chart.write('all.yaml', text(...objects));
    return chart.runInside('import-helm', 'all.yaml', '--output', 'shop.yaml', '--strict');
  };

  test('writes nothing if a part that pods need is left out', async () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data: { a: 'YQ==' } };
    const { exitCode, stderr } = await run(deployment(), SERVICE, secret);

    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringMatching(
        /^all\.yaml:\d+: Secret default\/s: keeps pods from running: a Secret with data, .*\n(.*\n)*1 problem; nothing was written\n$/,
      ),
    ]);
    expect(existsSync(chart.path('shop.yaml'))).toBe(false);
  });

  test('writes nothing if a Helm value may do anything', async () => {
    chart.write('values.yaml', 'fullnameOverride: shop\nimage: a/b:1\nnetworkPolicy: { enabled: true }\n');
    const { exitCode, stderr } = await chart.runInside(
      'import-helm',
      'values.yaml',
      '--workers',
      '2',
      '--strict',
    );

    expect([exitCode, stderr.split('\n')[0]]).toEqual([
      1,
      'values.yaml:3: networkPolicy.enabled: not carried over: true; it may keep pods from running: import the output of helm template, which contains its effect',
    ]);
  });

  test('writes the file if all differences are cosmetic', async () => {
    expect((await run(deployment(), SERVICE)).exitCode).toBe(0);
    expect(load(chart.read('shop.yaml'))).toMatchObject({ name: 'prod-shop' });
  });
});
