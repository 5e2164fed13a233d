import type { Loose } from '../../manifests-of.js';
import { diagnosticsOf } from '../../diagnostics-of.js';
import { MIGRATE, SHOP, shop } from './migrated-shop.js';

const WAIT = {
  name: 'wait-for-migrations',
  image: SHOP.image,
  command: [
    'sh', '-c', expect.stringContaining('until "$@"; do'), 'wait-for-migrations', 'python', 'manage.py', 'migrate', '--noinput', '--check',
  ],
}; // prettier-ignore

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
