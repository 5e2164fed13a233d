import { CONTAINER, deployment, Manifests, SERVICE } from './manifests.js';

let chart: Manifests;
beforeEach(() => (chart = new Manifests()));
afterEach(() => chart.remove());

const imported = (...objects: object[]) => chart.ofObjects(...objects);

const migration = (container: object, spec: object = {}, pod: object = {}) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'm', annotations: { 'helm.sh/hook': 'pre-install,pre-upgrade' } },
  spec: {
    ...spec,
    template: { spec: { ...pod, containers: [{ name: 'm', image: CONTAINER.image, ...container }] } },
  },
});
const A = { name: 'A', value: 'a' };

test.each([
  [['python', 'manage.py', 'migrate'], {}],
  [['flask', 'db', 'upgrade'], { check: false }],
])('a migration in a hook becomes migrate: %j', (command, more) => {
  const job = migration({ command, env: [A, { name: 'B', value: 'b' }] });

  const { values, losses, patches } = imported(deployment({}, { env: [A] }), SERVICE, job);

  expect(values['migrate']).toEqual({
    command,
    env: { B: 'b' },
    podLabels: { app: 'shop-migrate' },
    resources: null,
    ...more,
  });
  expect([values['objects'], losses, patches]).toEqual([undefined, [], 0]);
});

const command = ['python', 'manage.py', 'migrate'];
const notesOf = ({ warnings }: ReturnType<typeof imported>) =>
  warnings.map(({ severity, object, message }) => [severity, object, message]);

test('a migration in a hook keeps the fields of its Job, and gets nothing of the application that it does not have', () => {
  const container = {
    env: [A, { name: 'MODE', value: 'web-only' }],
    envFrom: [{ secretRef: { name: 's' } }],
    volumeMounts: [
      { name: 'cache', mountPath: '/cache' },
      { name: 'data', mountPath: '/data' },
    ],
  };
  const data = { name: 'data', emptyDir: {} };
  const job = migration(
    { command, env: [A], volumeMounts: [{ name: 'data', mountPath: '/data' }] },
    { backoffLimit: 0, activeDeadlineSeconds: 60 },
    { volumes: [data] },
  );

  const result = imported(
    deployment({ volumes: [{ name: 'cache', emptyDir: {} }, data] }, container),
    SERVICE,
    job,
  );

  expect(result.values['migrate']).toEqual({
    command,
    env: { MODE: null },
    envFrom: null,
    volumes: { cache: null },
    resources: null,
    podLabels: { app: 'shop-migrate' },
    backoffLimit: 0,
    activeDeadlineSeconds: 60,
  });
  expect(notesOf(result)).toContainEqual([
    'note',
    'Job default/m',
    'the hook becomes migrate, a Job of its own: new pods wait until the database is migrated',
  ]);
});

test.each(['r/shop:latest', 'r/shop'])(
  'a migration in a hook with the image %s runs in the web pods',
  (image) => {
    const job = migration({ command, image }, { backoffLimit: 0 });

    const result = imported(deployment({}, { image, env: [A] }), SERVICE, job);

    expect(result.values).toMatchObject({
      image,
      migrate: { command, run: 'initContainer', env: null, resources: null },
    });
    expect(result.losses).toEqual([]);
    expect(notesOf(result)).toContainEqual([
      'warning',
      'Job default/m',
      expect.stringContaining('the hook becomes migrate.run: initContainer'),
    ]);
  },
);

test('a migration in a hook is named if a container of the web pods has its name', () => {
  const pod = { initContainers: [{ name: 'migrate', image: 'i:1' }] };
  const { values, losses } = imported(deployment(pod), SERVICE, migration({ command }));

  expect(values).toMatchObject({ initContainers: { migrate: { image: 'i:1' } } });
  expect(losses).toMatchObject([{ place: { object: 'Job default/m' } }]);
});

test.each([{ command: ['migrate'], image: 'other:1' }, {}])(
  'a migration in a hook of another image, or without a command, is named: %j',
  (job) => {
    const { values, losses } = imported(deployment(), SERVICE, migration(job));

    expect(values).not.toHaveProperty('migrate');
    expect(losses).toMatchObject([{ cost: 'keeps pods from running', place: { object: 'Job default/m' } }]);
  },
);

test('a migration in a hook keeps the rights of its own pods', () => {
  const pod = {
    serviceAccountName: 'migrator',
    automountServiceAccountToken: false,
    securityContext: { runAsUser: 70 },
  };
  const job = migration({ command, securityContext: { readOnlyRootFilesystem: true } }, {}, pod);

  const { values } = imported(
    deployment({ serviceAccountName: 'web', securityContext: { fsGroup: 5 } }),
    SERVICE,
    job,
  );

  expect(values['migrate']).toMatchObject({
    serviceAccount: 'migrator',
    runAsUser: 70,
    podSecurityContext: { fsGroup: null, runAsGroup: null },
    containerSecurityContext: { readOnlyRootFilesystem: true },
  });
});

test('a migration in a hook that runs in the web pods has their rights, which a warning names', () => {
  const job = migration(
    { command, image: 'r/shop', securityContext: { runAsUser: 70 } },
    {},
    { serviceAccountName: 'migrator' },
  );

  const result = imported(deployment({}, { image: 'r/shop' }), SERVICE, job);

  expect(result.values['migrate']).toMatchObject({ containerSecurityContext: { runAsUser: 70 } });
  expect(result.values).not.toHaveProperty('migrate.serviceAccount');
  expect(notesOf(result)).toContainEqual([
    'warning',
    'Job default/m',
    'its pods have another serviceAccountName than the web pods, and the migration now has that of the web pods',
  ]);
});
