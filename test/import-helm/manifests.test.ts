import { CONTAINER, deployment, Manifests, SELECTOR, SERVICE } from './manifests.js';

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

test('a container that the chart does not restrict stays unrestricted', () => {
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
    spec: { selector: { matchLabels: SELECTOR }, endpoints: [{ port: 'web', interval: '10s' }] },
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

test.each([
  [
    'of one metrics port for each worker',
    [{ port: 'metrics-1', interval: '15s' }],
    { startPort: 9001, interval: '15s' },
  ],
  [
    'of the sums of all workers',
    [{ port: 'web', path: '/stats', interval: '10s' }],
    { strategy: 'aggregated', path: '/stats', interval: '10s' },
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

describe('an autoscaler keeps the number of pods, also if the chart writes replicas:', () => {
  const autoscaler = (name: string, apiVersion: string) => ({
    apiVersion,
    kind: 'HorizontalPodAutoscaler',
    metadata: { name },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'prod-shop' },
      maxReplicas: 3,
      ...(apiVersion === 'autoscaling/v2beta1' && {
        metrics: [{ type: 'Resource', resource: { name: 'cpu', targetAverageUtilization: 70 } }],
      }),
    },
  });
  const IN_OBJECTS = { replicas: null, objects: [{ kind: 'HorizontalPodAutoscaler' }] };

  test.each([
    ['one of another name', autoscaler('scaler', 'autoscaling/v2'), IN_OBJECTS],
    ['one that no key can make', autoscaler('prod-shop', 'autoscaling/v2beta1'), IN_OBJECTS],
    ['one of the name of the Deployment', autoscaler('prod-shop', 'autoscaling/v2'), { autoscaling: { maxReplicas: 3 } }],
  ])('%s', (_which, scaler, expected) => {
    for (const spec of [{}, { replicas: 2 }]) {
      const { values } = imported(deployment({}, {}, {}, spec), SERVICE, scaler);
      expect(values).toMatchObject(expected);
      expect(JSON.stringify(values['patches'] ?? [])).not.toContain('replicas');
    }
  }); // prettier-ignore
});
