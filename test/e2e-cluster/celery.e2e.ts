import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { at, listAt, textAt, textListAt } from '../../src/kubernetes/manifest.js';
import { toYaml } from '../../src/output/to-yaml.js';
import { eventually } from '../e2e/cluster/eventually.js';
import { ControlPlane } from './cluster/control-plane.js';
import { getPage } from './cluster/get-page.js';
import { addCustomResources, addNamespace } from './cluster/prepare.js';
import { applicationImage } from './node/application-image.js';
import { systemFolders, type Image } from './node/image.js';
import { Node } from './node/node.js';
import type { Pod } from './node/pod.js';
import { synthesized } from './manifest-set.js';

// The web pods, the worker and the beat of examples/django-app, with a real Redis.

const EXAMPLE = parse(readFileSync('examples/django-app/values/website.yaml', 'utf8')) as {
  name: string;
  namespace: string;
  env: Record<string, string>;
};
const { namespace } = EXAMPLE;
/** The log of a worker names the tasks that it takes. */
const TAKEN = 'website.tasks.sleep';
const REDIS_SERVER = '/usr/bin/redis-server';

let plane: ControlPlane;
let node: Node;
let env: Record<string, string>;

beforeAll(async () => {
  plane = await ControlPlane.start();
  await addCustomResources(plane);
  plane.startControllers();
  node = await Node.start(plane, [
    [/^example\//, applicationImage()],
    [/^redis:/, redisImage()],
  ]);
  await addNamespace(plane, namespace, 'restricted');
  // There is no DNS: the example's host `redis` is an address here. A heartbeat each second does not let a test wait.
  const redis = `redis://${await startRedis()}:6379/0`;
  env = { ...EXAMPLE.env, CELERY_BROKER_URL: redis, CELERY_HEARTBEAT_SECONDS: '1' };
  await apply(env);
  await eventually(async () => {
    expect([await pods('website'), await pods('website-worker'), await pods('website-beat')]).toMatchObject([
      { length: 1 },
      { length: 2 },
      { length: 1 },
    ]);
    const [web] = await pods('website');
    expect(await getPage(web?.facts.address ?? '', '/health/')).toBe(200);
    for (const worker of await pods('website-worker')) expect(countOf(worker, ' ready.')).toBe(1);
  });
});

afterAll(async () => {
  await node?.end();
  await plane?.end();
});

test('a worker does the task that a page sends', async () => {
  await sendTask(0.01);

  await eventually(async () => expect(await completed()).toBe(1));
});

test('the variables of the web pods reach neither worker nor beat', async () => {
  const computed = async (deployment: string) => {
    const [pod] = await pods(deployment);
    const names = listAt(pod?.container().object, 'env').map(({ name }) => String(name));
    return names.filter((name) => !(name in env));
  };

  expect(await computed('website')).toEqual(['METRICS_START_PORT', 'WEB_CONCURRENCY']);
  expect(await computed('website-worker')).toEqual([]);
  expect(await computed('website-beat')).toEqual([]);
});

test('a worker that has to end completes its tasks, takes no others, and no task is lost', async () => {
  const before = await completed();
  const [ending] = await pods('website-worker');
  if (ending === undefined) throw new Error('no worker runs');
  const [taken, ofEnding] = [countOf(ending, TAKEN), countOf(ending, '"event": "slept"')];
  await Promise.all(Array.from({ length: 8 }, () => sendTask(4)));
  await eventually(() => expect(countOf(ending, TAKEN)).toBeGreaterThan(taken));

  const { path: object } = ending.facts;
  await plane.api.delete(object);
  await eventually(() => expect(plane.api.get(object)).rejects.toThrow('404'));

  expect(await ending.container().exitCode).toBe(0);
  expect(countOf(ending, '"event": "slept"')).toBeGreaterThan(ofEnding);
  await eventually(async () => {
    expect((await completed()) + countOf(ending, '"event": "slept"') - before).toBe(8);
  });
});

test('the liveness probe fails when a worker hangs, and only then', async () => {
  const [worker] = await pods('website-worker');
  const container = worker?.container();
  if (container === undefined) throw new Error('no worker runs');
  const probe = textListAt(container.object, 'livenessProbe', 'exec', 'command');

  // It may be the one that has replaced another.
  await eventually(async () => expect(await container.exec(probe)).toBe(0));
  process.kill(container.pid, 'SIGSTOP');
  expect(await container.exec(probe)).not.toBe(0);
  process.kill(container.pid, 'SIGCONT');
  await eventually(async () => expect(await container.exec(probe)).toBe(0));
});

test('no two beats run at once, also while one is replaced', async () => {
  const [beat] = await pods('website-beat');
  const alive = new Set<string>();
  const together: number[] = [];
  const watch = plane.api.watch(`/api/v1/namespaces/${namespace}/pods`, (event, pod) => {
    if (textAt(pod, 'metadata', 'labels', 'app.kubernetes.io/name') !== 'website-beat') return;
    const id = textAt(pod, 'metadata', 'uid') ?? '';
    if (event === 'DELETED') alive.delete(id);
    else alive.add(id);
    together.push(alive.size);
  });

  await apply({ ...env, ROLLOUT: 'again' });
  await eventually(async () => {
    const [next] = await pods('website-beat');
    expect(next?.facts.name).not.toBe(beat?.facts.name);
    expect(next?.container().log).toContain('heartbeat');
  });
  watch.end();

  expect(beat?.container().hasEnded).toBe(true);
  expect(Math.max(...together)).toBe(1);
});

/** Applies the example's manifests, with another environment. */
async function apply(environment: Record<string, string>): Promise<void> {
  const { manifests } = await synthesized('website', { ...EXAMPLE, env: environment });
  const file = path.join(plane.folder, 'website.k8s.yaml');
  writeFileSync(file, toYaml(manifests));
  await plane.kubectl.succeed('apply', '--server-side', '--filename', file);
}

/** Runs Redis as a pod. @returns its address */
async function startRedis(): Promise<string> {
  const pods = `/api/v1/namespaces/${namespace}/pods`;
  const pod = {
    metadata: { name: 'redis' },
    spec: {
      // The certificates in a token's volume may not be there yet.
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'redis',
          image: 'redis:7',
          args: ['--save', '', '--dir', '/tmp', '--protected-mode', 'no'],
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        },
      ],
    },
  };
  // A new namespace first needs its ServiceAccount.
  await eventually(() => plane.api.create(pods, pod));
  return eventually(() => {
    const { facts, containers } = node.pod(namespace, 'redis');
    if (containers[0]?.log.includes('Ready to accept connections') !== true)
      throw new Error('redis is not ready');
    return facts.address;
  });
}

function redisImage(): Image {
  if (!existsSync(REDIS_SERVER))
    throw new Error('redis-server is not installed; install it with: npm run e2e:tools');
  return { ...systemFolders(), entrypoint: [REDIS_SERVER] };
}

/** The running pods of a Deployment. */
async function pods(deployment: string): Promise<Pod[]> {
  const query = `labelSelector=app.kubernetes.io%2Fname%3D${deployment}`;
  const live = await plane.api.list(`/api/v1/namespaces/${namespace}/pods?${query}`);
  const kept = live.filter((pod) => at(pod, 'metadata', 'deletionTimestamp') === undefined);
  const names = new Set(kept.map((pod) => textAt(pod, 'metadata', 'name')));
  // The node may not have taken a new one yet.
  return node
    .podsOf(namespace)
    .filter(({ facts, containers }) => names.has(facts.name) && containers.length > 0);
}

/** How many tasks with a sleep the running workers have completed. */
async function completed(): Promise<number> {
  return (await pods('website-worker')).reduce((sum, worker) => sum + countOf(worker, '"event": "slept"'), 0);
}

function countOf(pod: Pod, text: string): number {
  return pod.container().log.split(text).length - 1;
}

async function sendTask(seconds: number): Promise<void> {
  const [web] = await pods('website');
  expect(await getPage(web?.facts.address ?? '', `/later/?seconds=${seconds}`)).toBe(202);
}
