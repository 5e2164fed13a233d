import { App, Chart, JsonPatch } from 'cdk8s';
import { checkManifests } from '../../../src/checks/check-manifests.js';
import { WorkerApp } from '../../../src/worker-app/worker-app.js';
import type { WorkerAppMigrate, WorkerAppProps } from '../../../src/worker-app/worker-app-props.js';
import { manifestsOf, type Loose } from '../../manifests-of.js';
import { diagnosticsOf } from '../../diagnostics-of.js';

const SHOP = { name: 'shop', image: 'example.com/shop:v1', workers: 2 };
const MIGRATE = { command: ['python', 'manage.py', 'migrate', '--noinput'] };

function shop(props: Partial<WorkerAppProps> = {}, migrate: Partial<WorkerAppMigrate> = {}) {
  const all = manifestsOf({ ...SHOP, migrate: { ...MIGRATE, ...migrate }, ...props }).all as Loose[];
  const job = all.find(({ kind }) => kind === 'Job');
  const pod = (name: string) =>
    all.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === name).spec.template.spec;
  return { all, job, pod, jobName: job?.metadata.name as string };
}

const WAIT = {
  name: 'wait-for-migrations',
  image: SHOP.image,
  command: [
    'sh', '-c', expect.stringContaining('until "$@"; do'), 'wait-for-migrations', 'python', 'manage.py', 'migrate', '--noinput', '--check',
  ],
}; // prettier-ignore

describe('the Job', () => {
  test('runs the command once, is kept, and does not restart its pods', () => {
    const { job } = shop({ env: { A: '1', THREADS: '$(WEB_CONCURRENCY)' } });
    const { template, ...rest } = job.spec;
    expect(rest).toEqual({});
    expect(template.spec.restartPolicy).toBe('Never');
    expect(template.spec.containers).toHaveLength(1);
    expect(template.spec.containers[0]).toMatchObject({
      name: 'migrate',
      image: SHOP.image,
      command: MIGRATE.command,
      env: [{ name: 'A', value: '1' }],
    });
    expect(job.metadata.labels).toMatchObject({
      'app.kubernetes.io/name': 'shop-migrate',
      'app.kubernetes.io/part-of': 'shop',
    });
  });

  test('has the fields of JobSpec', () => {
    const { job } = shop({}, { backoffLimit: 1, activeDeadlineSeconds: 60 });
    expect(job.spec).toMatchObject({ backoffLimit: 1, activeDeadlineSeconds: 60 });
  });

  test('is found by no check, with all other objects', () => {
    const { all } = shop({
      replicas: 2,
      networkPolicy: true,
      processes: { worker: { command: ['celery'] } },
    });
    expect(checkManifests(all).map(({ message }) => message)).toEqual([]);
  });
});

describe('the name of the Job', () => {
  const { jobName } = shop();

  test('ends in a hash, and is the same in every run', () => {
    expect(jobName).toMatch(/^shop-migrate-[0-9a-f]{10}$/);
    expect(shop().jobName).toBe(jobName);
  });

  test.each([
    ['the image', { image: 'example.com/shop:v2' }, {}],
    ['a variable of the application', { env: { A: '1' } }, {}],
    ['a field of JobSpec', {}, { backoffLimit: 3 }],
    ['a label', { labels: { team: 'a' } }, {}],
    ['a file', { files: { '/etc/a': 'text' } }, {}],
  ] as [string, Partial<WorkerAppProps>, Partial<WorkerAppMigrate>][])(
    'changes with its spec: %s',
    (_, props, migrate) => {
      expect(shop(props, migrate).jobName).not.toBe(jobName);
    },
  );

  test.each([
    ['replicas', { replicas: 3 }],
    ['an annotation of the objects', { annotations: { a: 'b' } }],
    ['a process', { processes: { worker: { command: ['celery'] } } }],
  ] as [string, Partial<WorkerAppProps>][])('does not change with %s', (_, props) => {
    expect(shop(props).jobName).toBe(jobName);
  });

  test('follows patches, which target it without the hash', () => {
    const patch = { target: { kind: 'Job', name: 'shop-migrate' }, merge: { spec: { suspend: true } } };
    const { job } = shop({ patches: [patch] });
    expect(job.spec.suspend).toBe(true);
    expect(job.metadata.name).toMatch(/^shop-migrate-[0-9a-f]{10}$/);
    expect(job.metadata.name).not.toBe(jobName);
    expect(diagnosticsOf({ migrate: MIGRATE, patches: [patch] })).toEqual([]);
  });

  test('follows the patches of a cdk8s app, which come after the construct', () => {
    const { migration } = new WorkerApp(new Chart(new App(), 'chart'), 'app', { ...SHOP, migrate: MIGRATE });
    const name = () => migration?.toJson().metadata.name as string;
    migration?.addJsonPatch(JsonPatch.add('/metadata/annotations', { a: 'b' }));
    expect(name()).toBe(jobName);

    migration?.addJsonPatch(JsonPatch.add('/spec/suspend', true));
    expect(name()).not.toBe(jobName);
    expect(name()).toMatch(/^shop-migrate-[0-9a-f]{10}$/);
  });

  test('is that of the Job in a chart', () => {
    const chart = new Chart(new App(), 'chart');
    const { migration } = new WorkerApp(chart, 'app', { ...SHOP, migrate: MIGRATE, patches: [] });
    expect((chart.toJson() as Loose[]).find(({ kind }) => kind === 'Job').metadata.name).toBe(jobName);
    expect(migration?.toJson().metadata.name).toBe(jobName);
  });
});

describe('new pods wait for the migration', () => {
  const both = { processes: { worker: { command: ['celery'], image: 'example.com/worker:v1' } } };

  test('the web pods and the processes, after their other init containers', () => {
    const { pod } = shop({ ...both, initContainers: { first: { image: 'a:1' } } });
    const web = pod('shop').initContainers;
    expect(web.map(({ name }: Loose) => name)).toEqual(['first', 'wait-for-migrations']);
    expect(web[1]).toMatchObject(WAIT);
    expect(pod('shop-worker').initContainers[0]).toMatchObject(WAIT);
  });

  test('without the hooks of the migration, which Kubernetes refuses in an init container', () => {
    const lifecycle = { preStop: { exec: { command: ['sleep', '1'] } } };
    const { pod, job } = shop({}, { lifecycle });
    expect(job.spec.template.spec.containers[0].lifecycle).toEqual(lifecycle);
    expect(pod('shop').initContainers[0]).not.toHaveProperty('lifecycle');
  });

  test('by the migration itself: its image, variables, working folder and files', () => {
    const { pod, job } = shop(
      { env: { A: '1', B: '2' }, files: { '/etc/a': 'a' } },
      {
        image: 'example.com/migrations:v3',
        env: { B: '3' },
        files: { '/etc/b': 'b' },
        containerSpec: { workingDir: '/srv' },
        resources: { limits: { memory: '1Gi' } },
      },
    );
    const [migration] = job.spec.template.spec.containers;
    const { volumes, initContainers } = pod('shop');
    const { command: _command, name: _name, volumeMounts, ...rest } = initContainers[0];
    const { command: _own, name: _ownName, volumeMounts: ownMounts, ...own } = migration;
    expect(rest).toEqual(own);
    expect(rest).toMatchObject({ image: 'example.com/migrations:v3', workingDir: '/srv' });
    const sources = (mounts: Loose[], all: Loose[]) =>
      mounts.map(({ name, ...mount }) => ({ ...mount, ...all.find((one) => one.name === name), name: '' }));
    expect(sources(volumeMounts, volumes)).toEqual(sources(ownMounts, job.spec.template.spec.volumes));
    expect(new Set(volumes.map(({ name }: Loose) => name)).size).toBe(volumes.length);
  });

  test('in a process that has no way to the database itself', () => {
    const { pod } = shop({
      env: { DATABASE_URL: 'postgres://db' },
      files: { '/etc/a': 'a' },
      volumes: {
        media: { claim: { size: '1Gi' }, mountPath: '/media' },
        cache: { emptyDir: {}, mountPath: '/cache' },
      },
      processes: {
        flower: {
          image: 'example.com/flower:2',
          env: { DATABASE_URL: null },
          files: null,
          volumes: { media: null, cache: null },
          resources: { limits: { memory: '64Mi' } },
        },
      },
    } as never);
    const { initContainers, containers, volumes } = pod('shop-flower');
    expect(initContainers[0]).toMatchObject({
      ...WAIT,
      env: [{ name: 'DATABASE_URL', value: 'postgres://db' }],
    });
    expect(initContainers[0].resources.limits).toEqual({ memory: '512Mi' });
    // Not the claim: its volume may be on another node.
    expect(initContainers[0].volumeMounts.map(({ mountPath }: Loose) => mountPath)).toEqual([
      '/tmp',
      '/cache',
      '/etc/a',
    ]);
    expect(containers[0].volumeMounts.map(({ mountPath }: Loose) => mountPath)).toEqual(['/tmp']);
    expect(volumes.map(({ name }: Loose) => name)).toEqual(['tmp', 'cache', 'files']);
  });

  test('until the pod is deleted: the shell ends at SIGTERM', () => {
    const script = shop().pod('shop').initContainers[0].command[2];
    expect(script).toMatch(/^trap "exit 143" TERM; .* & wait \$!; done$/);
  });

  test('with the variables, mounts and resources of the application, without computed variables', () => {
    const { pod } = shop({ env: { A: '1' }, files: { '/etc/a': 'a' } });
    const { initContainers, containers } = pod('shop');
    expect(initContainers[0].env).toEqual([{ name: 'A', value: '1' }]);
    expect(initContainers[0].volumeMounts).toEqual(containers[0].volumeMounts);
    expect(initContainers[0].resources).toEqual(containers[0].resources);
  });

  test('by another check, or not at all', () => {
    const given = shop({}, { command: ['flask', 'db', 'upgrade'], check: ['flask', 'db', 'check'] });
    expect(given.pod('shop').initContainers[0].command.slice(4)).toEqual(['flask', 'db', 'check']);
    expect(shop(both, { check: false }).pod('shop')).not.toHaveProperty('initContainers');
    expect(shop(both, { check: false }).pod('shop-worker')).not.toHaveProperty('initContainers');
  });
});

describe('run: initContainer', () => {
  test('migrates in each web pod, without a Job; processes wait', () => {
    const { job, pod } = shop(
      { processes: { worker: { command: ['celery'] } } },
      { run: 'initContainer', env: { LOCK: 'yes' } },
    );
    expect(job).toBeUndefined();
    const [container, ...others] = pod('shop').initContainers;
    expect(others).toEqual([]);
    expect(container).toMatchObject({
      name: 'migrate',
      image: SHOP.image,
      command: MIGRATE.command,
      env: [{ name: 'LOCK', value: 'yes' }],
    });
    expect(pod('shop-worker').initContainers[0]).toMatchObject(WAIT);
  });

  test('has no pods of its own', () => {
    expect(
      diagnosticsOf({ migrate: { ...MIGRATE, run: 'initContainer', nodeSelector: { a: 'b' } } }),
    ).toEqual([
      'error: migrate.nodeSelector: with run: initContainer, the migration runs in the web pods and has no pods of its own; remove it, or remove run',
    ]);
  });

  test('takes any image', () => {
    expect(
      diagnosticsOf({ image: 'example.com/shop', migrate: { ...MIGRATE, run: 'initContainer' } }),
    ).toEqual([]);
  });
});

describe('refusals and warnings', () => {
  const long = 'a'.repeat(50);
  const unstable = (image: string) =>
    `${JSON.stringify(image)} may change under its name, and the Job of migrate then does not run again; write a tag that stays, or a digest; or set migrate.run: initContainer`;
  test.each([
    ['an image without a tag', { image: 'example.com/shop', migrate: MIGRATE }, `error: image: ${unstable('example.com/shop')}`],
    ['latest', { image: 'example.com/shop:latest', migrate: MIGRATE }, `error: image: ${unstable('example.com/shop:latest')}`],
    ['an image of its own', { migrate: { ...MIGRATE, image: 'example.com:5000/migrate' } }, `error: migrate.image: ${unstable('example.com:5000/migrate')}`],
    ['no check', { migrate: { command: ['flask', 'db', 'upgrade'] } }, 'error: migrate.check: missing; expected a command that succeeds when the database is migrated, or false; only the check of manage.py migrate is known; with false, new pods do not wait for the migration'],
    ['a container with the name of ours', { migrate: MIGRATE, initContainers: { 'wait-for-migrations': { image: 'a:1' } } }, 'error: initContainers.wait-for-migrations: wait-for-migrations is the name of a container of migrate; choose another name'],
    ['a process with its name', { migrate: MIGRATE, processes: { migrate: { command: ['a'] } } }, 'error: migrate: shop-migrate is the name of process migrate, too; rename the other one'],
    ['a name that leaves no room for the hash', { name: long, migrate: MIGRATE }, `error: migrate: its objects would be called ${long}-migrate, with 58 characters, above 52; shorten the name of the application`],
    ['a sidecar that does not end', { migrate: MIGRATE, sidecars: { a: { image: 'a:1', native: false, in: ['web', 'jobs'] } } }, 'error: sidecars.a.native: an ordinary container would keep the job from ending; remove native: a sidecar that is native ends with the job (Kubernetes 1.29 or later)'],
  ])('%s', (_, props, message) => {
    expect(diagnosticsOf(props as never)).toEqual([message]);
  }); // prettier-ignore

  test.each(['migrate', 'processes.worker', 'cronJobs.a'])('no image: null for that of %s', (place) => {
    const [key = '', name] = place.split('.');
    const entry = { schedule: key === 'cronJobs' ? '@daily' : undefined, command: ['a'], image: null };
    const [message, ...others] = diagnosticsOf({
      [key]: name === undefined ? { ...MIGRATE, image: null } : { [name]: entry },
    });
    expect(message).toMatch(`error: ${place}.image: expected an image reference`);
    expect(message).toMatch('got null; remove this line for the default');
    expect(others).toEqual([]);
  });

  test('a time to live', () => {
    expect(diagnosticsOf({ migrate: { ...MIGRATE, ttlSecondsAfterFinished: 60 } } as never)).toEqual([
      'error: migrate.ttlSecondsAfterFinished: Argo CD and Flux would make the Job again when Kubernetes has removed it; remove it; old Jobs: kubectl delete job -l app.kubernetes.io/name=<name>-migrate',
    ]);
  });

  const proxy = { image: 'example.com/proxy:1', native: false };
  const late = (container: string) =>
    `an ordinary container starts after ${container}: the pods never start if that needs it, as it needs a database proxy; if so, remove native (Kubernetes 1.29 or later)`;
  test.each([
    ['a sidecar that starts after the check', { sidecars: { proxy } }, MIGRATE, [`note: sidecars.proxy.native: ${late('wait-for-migrations')}`]],
    ['a sidecar that starts after the migration', { sidecars: { proxy } }, { ...MIGRATE, run: 'initContainer' }, [`note: sidecars.proxy.native: ${late('migrate')}`]],
    ['a sidecar of a process', { processes: { worker: { command: ['a'], sidecars: { proxy } } } }, MIGRATE, [`note: processes.worker.sidecars.proxy.native: ${late('wait-for-migrations')}`]],
    ['a sidecar, and no check', { sidecars: { proxy } }, { ...MIGRATE, check: false }, []],
    ['a native sidecar', { sidecars: { proxy: { image: 'example.com/proxy:1' } } }, MIGRATE, []],
    ['no command', {}, { check: false }, ['warning: migrate: without command and args, it runs the program of the image, and does not end if that is a server; set migrate.command, or migrate.args']],
    ['no command, and an image of its own', {}, { check: false, image: 'example.com/migrations:1' }, []],
    ['no command, and a variable that says it', {}, { check: false, env: { RUN: 'migrations' } }, []],
    ['arguments for the entrypoint of the image', {}, { check: ['shop', 'check'], args: ['migrate'] }, []],
  ])('%s', (_, props, migrate, messages) => {
    expect(diagnosticsOf({ ...props, migrate } as never)).toEqual(messages);
  }); // prettier-ignore

  test.each([
    'example.com/shop:v1@sha256:' + 'a'.repeat(64),
    'example.com/shop@sha256:' + 'a'.repeat(64),
    'example.com:5000/shop:1',
  ])('%s stays the same', (image) => {
    expect(diagnosticsOf({ image, migrate: MIGRATE })).toEqual([]);
  });
});
