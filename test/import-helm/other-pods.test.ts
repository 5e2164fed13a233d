import { synthesize } from '../../charts/synthesize.js';
import { parseValues } from '../../src/values/parse-values.js';
import { CELERY, A, worker, cronJob } from './chart-pods.js';
import { CONTAINER, deployment, Manifests, SERVICE } from './manifests.js';

let chart: Manifests;
beforeEach(() => (chart = new Manifests()));
afterEach(() => chart.remove());

const imported = (...objects: object[]) => chart.ofObjects(...objects);

test('a Celery worker of the chart becomes a process that takes the live Deployment over', () => {
  const { values, losses } = imported(
    deployment({}, { env: [A, { name: 'WEB', value: '1' }] }),
    SERVICE,
    worker(
      { env: [A, { name: 'WEB_CONCURRENCY', value: '4' }], tty: true },
      { hostNetwork: true },
      { replicas: 2 },
    ),
  );

  expect(values['processes']).toEqual({
    celery: {
      name: 'prod-celery',
      selectorLabels: CELERY,
      command: ['celery', '-A', 'shop', 'worker'],
      env: { WEB: null, WEB_CONCURRENCY: '4' },
      replicas: 2,
      resources: null,
      podSpec: { hostNetwork: true },
      containerSpec: { tty: true },
    },
  });
  expect([values['objects'], losses]).toEqual([undefined, []]);
  // The Deployment has another label than the application.
  expect(values['patches']).toEqual([
    {
      target: { kind: 'Deployment', name: 'prod-celery' },
      merge: { metadata: { labels: { app: 'shop-celery' } } },
    },
  ]);
});

test('a CronJob of the chart becomes a cron job', () => {
  const { values, losses, patches } = imported(
    deployment({ serviceAccountName: 'web' }, { env: [A] }),
    SERVICE,
    cronJob({ env: [A] }, { concurrencyPolicy: 'Forbid' }, { serviceAccountName: 'robot' }),
  );

  expect(values['cronJobs']).toEqual({
    cleanup: {
      container: 'c',
      schedule: '0 3 * * *',
      concurrencyPolicy: 'Forbid',
      backoffLimit: 2,
      command: ['clean'],
      serviceAccount: { name: 'robot', automountToken: true },
      podLabels: { app: 'cleanup' },
      podSpec: { restartPolicy: 'OnFailure' },
      resources: null,
    },
  });
  expect([values['objects'], losses, patches]).toEqual([undefined, [], 0]);
});

test('pods keep the rights, volumes and containers that they have in the chart', () => {
  const data = { name: 'data', persistentVolumeClaim: { claimName: 'data' } };
  const web = deployment(
    {
      serviceAccountName: 'web',
      securityContext: { runAsUser: 33, fsGroup: 33 },
      volumes: [data],
      tolerations: [{ key: 'a' }],
    },
    {
      envFrom: [{ secretRef: { name: 's' } }],
      securityContext: { capabilities: { drop: ['ALL'] } },
      volumeMounts: [{ name: 'data', mountPath: '/data', subPath: 'web' }],
    },
  );
  const celery = worker(
    {
      securityContext: { readOnlyRootFilesystem: true, allowPrivilegeEscalation: false },
      volumeMounts: [
        { name: 'data', mountPath: '/a' },
        { name: 'data', mountPath: '/b' },
      ],
    },
    {
      securityContext: { runAsNonRoot: true },
      volumes: [data, { name: 'own', emptyDir: {} }],
      containers: [
        { name: 'log', image: 'l:1' },
        { name: 'celery', image: CONTAINER.image, args: ['celery'] },
      ],
    },
  );

  for (const process of [celery, worker({}, { volumes: [{ name: 'own', emptyDir: {} }] })]) {
    const { values, losses } = imported(web, SERVICE, process);
    expect(values).toHaveProperty('processes.celery');
    // Only the label of the object.
    expect(values['patches']).toMatchObject([{ merge: { metadata: {} } }]);
    expect(JSON.stringify(values['patches'])).not.toContain('spec');
    expect(losses).toEqual([]);
  }
});

test('the autoscaler and the disruption budget of a process are its own; a budget of another name stays the only one', () => {
  const spec = {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'prod-celery' },
    minReplicas: 2,
    maxReplicas: 5,
    metrics: [
      {
        type: 'Resource',
        resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } },
      },
    ],
  };
  const scaler = {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'prod-celery' },
    spec,
  };
  const budget = (name: string) => ({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name },
    spec: { minAvailable: 1, selector: { matchLabels: CELERY } },
  });

  const own = imported(deployment(), SERVICE, worker(), scaler, budget('prod-celery'));
  const other = imported(deployment(), SERVICE, worker({}, {}, { replicas: 2 }), budget('other'));

  expect(own.values).toMatchObject({
    processes: {
      celery: {
        autoscaling: { minReplicas: 2, maxReplicas: 5, cpu: 70 },
        podDisruptionBudget: { minAvailable: 1 },
      },
    },
  });
  expect([own.values['objects'], own.losses]).toEqual([undefined, []]);
  expect(other.values).toMatchObject({
    processes: { celery: { replicas: 2, podDisruptionBudget: false } },
    objects: [{ kind: 'PodDisruptionBudget', metadata: { name: 'other' } }],
  });
});

test.each([
  [false, 'robot'],
  [undefined, { name: 'robot', automountToken: true }],
])(
  'the pods of a process have a token as their own account says: %j',
  (automountServiceAccountToken, serviceAccount) => {
    const account = {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'robot' },
      automountServiceAccountToken,
    };

    const { values } = imported(deployment(), SERVICE, worker({}, { serviceAccountName: 'robot' }), account);

    expect(values).toMatchObject({
      processes: { celery: { serviceAccount } },
      objects: [{ kind: 'ServiceAccount', metadata: { name: 'robot' } }],
    });
  },
);

test.each([
  ['processes', worker({ env: [{ name: 'DB_PASSWORD', value: 'hunter2' }] })],
  ['cronJobs', cronJob({ env: [{ name: 'DB_PASSWORD', value: 'hunter2' }] })],
])('a password in the environment of %s is named', (_, object) => {
  expect(imported(deployment(), SERVICE, object).warnings).toContainEqual(
    expect.objectContaining({ severity: 'warning', message: 'looks like a password, and is readable here' }),
  );
});

test('a process has an image of its own', () => {
  const { values, losses } = imported(deployment(), SERVICE, worker({ image: 'example.com/celery:2' }));

  expect(values).toMatchObject({ processes: { celery: { image: 'example.com/celery:2' } } });
  expect(losses).toEqual([]);
});

const PORTS = [
  { name: 'METRICS_START_PORT', value: '5001' },
  { name: 'WEB_CONCURRENCY', value: '2' },
];

test.each([
  ['a Celery worker', worker({ env: PORTS }), 'processes.celery.env.METRICS_START_PORT'],
  ['a CronJob', cronJob({ env: PORTS }), 'cronJobs.cleanup.env.METRICS_START_PORT'],
  ['a StatefulSet', { ...worker({ env: PORTS }), kind: 'StatefulSet' }, 'objects'],
  [
    'a migration',
    {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'm', annotations: { 'helm.sh/hook': 'pre-upgrade' } },
      spec: {
        template: {
          spec: {
            restartPolicy: 'Never',
            containers: [{ name: 'm', image: CONTAINER.image, command: ['migrate'], env: PORTS }],
          },
        },
      },
    },
    'migrate.env.METRICS_START_PORT',
  ],
])(
  '%s with the environment of the web pods, whose ports no monitor scrapes, passes the checks',
  (_, object, kept) => {
    const result = imported(deployment({}, { env: PORTS }), SERVICE, object);
    const { values, problems } = parseValues([{ file: 'values.yaml', text: result.text }]);

    expect(problems).toEqual([]);
    expect([...synthesize(values)].flatMap(({ errors }) => errors)).toEqual([]);
    expect(result.values).toHaveProperty(kept);
    expect(result.warnings).toContainEqual(
      expect.objectContaining({
        severity: 'warning',
        message:
          'METRICS_START_PORT and WEB_CONCURRENCY give its workers metrics ports, which no monitor of the chart scrapes',
      }),
    );
  },
);

const BEAT = { command: ['celery', '-A', 'shop', 'beat'] };

test('a Celery beat never runs twice at the same time, and the difference is named', () => {
  const { values, cosmetic } = imported(deployment(), SERVICE, worker(BEAT));

  expect(values).not.toHaveProperty('processes.celery.strategy');
  expect(cosmetic.map(({ reason }) => reason)).toContain(
    'two Celery beats never run at the same time; strategy: { type: RollingUpdate } lets them',
  );
});

test('a Deployment that no process can be stays in objects, and a note says why', () => {
  const { values, warnings } = imported(deployment(), SERVICE, worker(BEAT, {}, { replicas: 2 }));

  expect(values).not.toHaveProperty('processes');
  expect(values['objects']).toMatchObject([{ kind: 'Deployment', metadata: { name: 'prod-celery' } }]);
  expect(warnings).toContainEqual(
    expect.objectContaining({
      severity: 'note',
      object: 'Deployment shop/prod-celery',
      message: expect.stringMatching(
        /^stays in objects, and is not in processes: processes\.celery\.replicas: /,
      ) as string,
    }),
  );
});

test('a Deployment that Helm applies as a hook becomes a process, too: it stays in the cluster', () => {
  const celery = worker();
  const annotations = { 'helm.sh/hook': 'post-install,post-upgrade', 'helm.sh/hook-weight': '10' };

  const { values, losses } = imported(deployment(), SERVICE, {
    ...celery,
    metadata: { ...celery.metadata, annotations },
  });

  expect(values).toHaveProperty('processes.celery');
  expect([losses, JSON.stringify(values)]).toEqual([[], expect.not.stringContaining('helm.sh')]);
});
