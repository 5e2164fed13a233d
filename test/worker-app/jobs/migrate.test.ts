import { App, Chart, JsonPatch } from 'cdk8s';
import { checkManifests } from '../../../src/checks/check-manifests.js';
import { WorkerApp } from '../../../src/worker-app/worker-app.js';
import type { WorkerAppMigrate, WorkerAppProps } from '../../../src/worker-app/worker-app-props.js';
import type { Loose } from '../../manifests-of.js';
import { diagnosticsOf } from '../../diagnostics-of.js';
import { MIGRATE, SHOP, shop } from './migrated-shop.js';

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
