import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { at, listAt, textAt, textsAt, type Manifest } from '../../src/kubernetes/manifest.js';
import { toYaml } from '../../src/output/to-yaml.js';
import { eventually } from '../e2e/cluster/eventually.js';
import { ControlPlane } from './cluster/control-plane.js';
import { getPage } from './cluster/get-page.js';
import { Postgres } from './cluster/postgres.js';
import { addCustomResources, addNamespace } from './cluster/prepare.js';
import { applicationImage } from './node/application-image.js';
import { Node } from './node/node.js';
import type { Pod } from './node/pod.js';
import { secondRelease } from './node/second-release-image.js';
import { synthesized } from './manifest-set.js';

// Two releases of examples/django-app, the second with one more migration, and a real PostgreSQL. The controllers of
// Deployments and Jobs are Kubernetes' own, and all commands those of the live objects.

const namespace = 'shop';
const [FIRST, SECOND] = ['example/django-app:1.0', 'example/django-app:2.0'] as const;
const WAIT = 'wait-for-migrations';

let plane: ControlPlane;
let node: Node;
let postgres: Postgres;

beforeAll(async () => {
  plane = await ControlPlane.start();
  await addCustomResources(plane);
  plane.startControllers();
  node = await Node.start(plane, [
    [/^example\/django-app:1/, applicationImage()],
    [/^example\/django-app:2/, secondRelease(plane.folder)],
    [/^postgres:/, Postgres.image()],
  ]);
  await addNamespace(plane, namespace, 'restricted');
  postgres = await Postgres.start(plane, node, namespace);
});

afterAll(async () => {
  await node?.end();
  await plane?.end();
});

test('the pods of a first release wait for its Job: no container of the application starts before', async () => {
  const manifests = await release(FIRST);
  await applied(manifests.filter(({ kind }) => kind !== 'Job'));
  for (const name of ['website', 'website-sleeper'])
    await eventually(async () => {
      const [pod] = await podsOf(name);
      expect(pod?.container(WAIT).log).toContain('the database is not migrated yet');
      expect(pod?.containers).toEqual([]);
    });

  await applied(manifests);

  await ready(['website', 'website-sleeper'], FIRST);
  // The pods do not wait for the controller to count the Job.
  await eventually(async () =>
    expect((await jobs()).map(({ succeeded, failed }) => [succeeded, failed])).toEqual([[1, 0]]),
  );
  await readsDatabase(FIRST);
});

test('a second apply makes no other Job, and runs none again', async () => {
  const before = await jobs();

  await applied(await release(FIRST));

  expect(await jobs()).toEqual(before);
});

describe('the second release', () => {
  let unlock: () => Promise<void>;
  beforeAll(async () => {
    unlock = await postgres.lock('components_component');
  });

  test('is applied without an error about a field that cannot change, and makes another Job', async () => {
    const [first] = await jobs();

    const { exitCode, stderr } = await apply(await release(SECOND));

    expect([exitCode, stderr]).toEqual([0, '']);
    const all = await jobs();
    expect(all).toHaveLength(2);
    expect(all).toContainEqual(first);
  });

  test('waits while its Job runs, and the pods of the first release serve', async () => {
    await eventually(() => postgres.expect(waiting(1)));
    await eventually(async () => {
      const [next] = await podsOf('website', SECOND);
      expect(next?.container(WAIT).log).toContain('the database is not migrated yet');
      expect(next?.containers).toEqual([]);
    });

    const old = await readyPod('website', FIRST);
    expect(await getPage(old.address, '/')).toBe(200);
  });

  test('counts as failed after progressDeadlineSeconds, and goes on', async () => {
    await eventually(async () => expect(await progress()).toBe('ProgressDeadlineExceeded'));
  });

  test('a pod that waits ends at the first signal, not after its grace period', async () => {
    const [pod] = await podsOf('website', SECOND);
    const container = pod?.container(WAIT);

    await plane.api.delete(pod?.facts.path ?? '');

    await eventually(() => expect(container?.hasEnded).toBe(true));
    expect(await container?.exitCode).toBe(143);
  });

  test('another value makes a third Job; of the two at the same time one fails, and its next pod finds the work done', async () => {
    await applied(await release(SECOND, { LOG_STYLE: 'console' }));
    await eventually(() => postgres.expect(waiting(2)));

    await unlock();

    await eventually(async () => {
      const all = await jobs();
      expect(all.map(({ succeeded }) => succeeded)).toEqual([1, 1, 1]);
      expect(all.reduce((sum, { failed }) => sum + failed, 0)).toBe(1);
    });
    await postgres.expect("(select count(*) from django_migrations where name = '0002_component_owner') = 1");
    await ready(['website', 'website-sleeper'], SECOND);
    await eventually(async () => expect(await progress()).toBe('NewReplicaSetAvailable'));
    await readsDatabase(SECOND);
  });
});

test('the first release runs on the newer database, and no Job of it runs again', async () => {
  const before = await jobs();

  await applied(await release(FIRST));
  await ready(['website', 'website-sleeper'], FIRST);
  const pod = await readyPod('website', FIRST);
  await plane.api.delete(pod.path);
  await eventually(async () => expect((await readyPod('website', FIRST)).path).not.toBe(pod.path));

  await readsDatabase(FIRST);
  expect(await jobs()).toEqual(before);
});

test('without the hash in its name, the API server would refuse the Job of the second release', async () => {
  const [first, second] = await Promise.all([jobOf(FIRST), jobOf(SECOND)]);

  const { exitCode, stderr } = await apply([
    { ...second, metadata: { ...(second['metadata'] as object), name: nameOfJob(first) } },
  ]);

  expect(exitCode).not.toBe(0);
  expect(stderr).toContain('field is immutable');
});

test('Flux applies both releases as it does: server-side, after a dry run, without force', async () => {
  for (const image of [FIRST, SECOND])
    for (const dryRun of [['--dry-run=server'], []]) {
      const flags = ['--server-side', '--field-manager=kustomize-controller', '--force-conflicts', ...dryRun];
      const { exitCode, stderr } = await apply(await release(image), flags);
      expect([exitCode, stderr]).toEqual([0, '']);
    }
  await ready(['website'], SECOND);
});

test('the Job is no hook of Argo CD or Helm, and asks Flux for nothing', async () => {
  const annotations = (await live()).flatMap(({ object }) =>
    Object.keys(textsAt(object, 'metadata', 'annotations')),
  );

  expect(annotations.filter((name) => /argocd|helm|fluxcd/.test(name))).toEqual([]);
});

test('pruned with the release, as by Argo CD and Flux, an old Job takes its pods along and no others', async () => {
  const before = await readyPod('website', SECOND);
  const current = nameOfJob(await jobOf(SECOND));
  const old = (await live()).filter(({ name }) => name !== current);
  expect(old.length).toBeGreaterThan(0);

  for (const { path: object } of old) await plane.api.delete(`${object}?propagationPolicy=Background`);

  await eventually(async () => {
    expect((await jobs()).map(({ name }) => name)).toEqual([current]);
    const left = await plane.api.list(
      `/api/v1/namespaces/${namespace}/pods?labelSelector=${selector('website-migrate')}`,
    );
    expect(left.every((pod) => textAt(pod, 'metadata', 'labels', 'job-name') === current)).toBe(true);
  });
  expect(await readyPod('website', SECOND)).toEqual(before);
});

test('the lines of docs/migrations.md delete the Job and make it again', async () => {
  const lines =
    /```sh\n(kubectl delete [^`]*)```/.exec(readFileSync('docs/migrations.md', 'utf8'))?.[1] ?? '';
  const [remove = '', makeAgain = ''] = lines.trim().split('\n');
  const dist = write(await release(SECOND));
  const [before] = await jobs();

  await kubectl(remove.replace('name=shop-migrate', 'name=website-migrate'));
  expect(await jobs()).toEqual([]);
  await kubectl(makeAgain.replace('dist/', dist));

  await eventually(async () => {
    const all = await jobs();
    expect(all).toMatchObject([{ name: before?.name, succeeded: 1, failed: 0 }]);
    expect(all[0]?.uid).not.toBe(before?.uid);
  });
});

/** The manifests of a release. */
async function release(image: string, env: Record<string, string> = {}): Promise<readonly Manifest[]> {
  const values = {
    name: 'website',
    namespace,
    image,
    workers: 2,
    http: { port: 5000, healthPath: '/health/' },
    command: ['gunicorn', 'website.wsgi'],
    env: {
      DATABASE_ENGINE: 'django_prometheus.db.backends.postgresql',
      DATABASE_HOST: postgres.host,
      DATABASE_NAME: 'postgres',
      DATABASE_USER: 'postgres',
      ...env,
    },
    migrate: { command: ['python', 'manage.py', 'migrate', '--no-input'] },
    progressDeadlineSeconds: 5,
    processes: { sleeper: { command: ['sleep', '1d'] } },
  };
  return (await synthesized('website', values)).manifests;
}

async function jobOf(image: string): Promise<Manifest> {
  return (await release(image)).find(({ kind }) => kind === 'Job') ?? {};
}

function nameOfJob(job: Manifest): string {
  return textAt(job, 'metadata', 'name') ?? '';
}

/** Applies manifests, which must succeed. */
async function applied(manifests: readonly Manifest[]): Promise<void> {
  expect(await apply(manifests)).toMatchObject({ exitCode: 0, stderr: '' });
}

async function apply(manifests: readonly Manifest[], flags: readonly string[] = []) {
  return plane.kubectl.run('apply', ...flags, '--filename', write(manifests));
}

function write(manifests: readonly Manifest[]): string {
  const folder = path.join(plane.folder, 'dist');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'website.k8s.yaml'), toYaml([...manifests]));
  return folder;
}

/** Runs a line of the docs. */
async function kubectl(line: string): Promise<void> {
  const [program, ...args] = line.split(' ');
  expect(program).toBe('kubectl');
  await plane.kubectl.succeed(...args, '--namespace', namespace);
}

/** The live Jobs, by their names. */
async function live() {
  const all = await plane.api.list(`/apis/batch/v1/namespaces/${namespace}/jobs`);
  return all.map((object) => {
    const name = nameOfJob(object);
    return { name, object, path: `/apis/batch/v1/namespaces/${namespace}/jobs/${name}` };
  });
}

/** How the live Jobs are doing. */
async function jobs() {
  return (await live()).map(({ name, object }) => ({
    name,
    uid: textAt(object, 'metadata', 'uid'),
    succeeded: Number(at(object, 'status', 'succeeded') ?? 0),
    failed: Number(at(object, 'status', 'failed') ?? 0),
  }));
}

/** How the rollout of the web pods is doing. */
async function progress(): Promise<string | undefined> {
  const deployment = await plane.api.get(`/apis/apps/v1/namespaces/${namespace}/deployments/website`);
  const condition = listAt(deployment, 'status', 'conditions').find(({ type }) => type === 'Progressing');
  return textAt(condition, 'reason');
}

/** The live pods of a Deployment that are not ending. */
async function livePods(deployment: string) {
  const all = await plane.api.list(
    `/api/v1/namespaces/${namespace}/pods?labelSelector=${selector(deployment)}`,
  );
  return all.filter((pod) => at(pod, 'metadata', 'deletionTimestamp') === undefined);
}

/** The pods of a Deployment, as the node runs them. */
async function podsOf(deployment: string, image?: string): Promise<Pod[]> {
  const all = (await livePods(deployment)).map((pod) =>
    node.pod(namespace, textAt(pod, 'metadata', 'name') ?? ''),
  );
  return all.filter(({ facts }) => image === undefined || imageOf(facts.object) === image);
}

/** Waits until a Deployment has one ready pod, which has this image. */
async function readyPod(deployment: string, image: string): Promise<{ address: string; path: string }> {
  return eventually(async () => {
    const isReady = (pod: Manifest) =>
      listAt(pod, 'status', 'conditions').some(({ type, status }) => type === 'Ready' && status === 'True');
    const pods = (await livePods(deployment)).filter(isReady);
    expect(pods.map(imageOf)).toEqual([image]);
    const [pod] = pods;
    return {
      address: textAt(pod, 'status', 'podIP') ?? '',
      path: `/api/v1/namespaces/${namespace}/pods/${textAt(pod, 'metadata', 'name')}`,
    };
  });
}

/** Waits until each of these Deployments has one pod, which is ready and of this image. */
async function ready(deployments: readonly string[], image: string): Promise<void> {
  for (const name of deployments) {
    await eventually(async () => expect((await livePods(name)).map(imageOf)).toEqual([image]));
    await readyPod(name, image);
  }
}

/** Waits until a worker of the ready web pod reads the database when it is scraped: another may have been ready before it. */
async function readsDatabase(image: string): Promise<void> {
  const { address } = await readyPod('website', image);
  await eventually(async () => {
    const metrics = await fetch(`http://${address}:5001/metrics`, { headers: { connection: 'close' } });
    expect(await metrics.text()).toMatch(/^components_collector_up 1(\.0)?$/m);
  });
}

function imageOf(pod: Manifest): string | undefined {
  return textAt(listAt(pod, 'spec', 'containers')[0], 'image');
}

function selector(name: string): string {
  return encodeURIComponent(`app.kubernetes.io/name=${name}`);
}

/** An SQL expression: so many migrations wait for the lock. */
function waiting(count: number): string {
  return `(select count(*) from pg_locks where not granted and mode = 'AccessExclusiveLock' and relation = 'components_component'::regclass) = ${count}`;
}
