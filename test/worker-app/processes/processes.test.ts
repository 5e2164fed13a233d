import { checkManifests } from '../../../src/checks/check-manifests.js';
import { at, mapAt, type Manifest } from '../../../src/kubernetes/manifest.js';
import type { WorkerAppProcess, WorkerAppProps } from '../../../src/worker-app/worker-app-props.js';
import { manifestsOf, type Loose } from '../../manifests-of.js';
import { said } from '../../said.js';

const SHOP = { name: 'shop', image: 'example.com/shop:v1', workers: 2 };
const WORKER = { command: ['celery', '-A', 'shop', 'worker'] };
const BEAT = { command: ['celery', '-A', 'shop', 'beat', '--schedule=/tmp/beat'] };

/** The objects of an application, found by kind and name. */
function objects(props: Partial<WorkerAppProps>) {
  const all = manifestsOf({ ...SHOP, ...props }).all as Loose[];
  const find = (kind: string, name: string): Loose =>
    all.find((one) => one.kind === kind && one.metadata.name === name);
  const pod = (name: string): Loose => find('Deployment', name)?.spec.template.spec;
  return { all, find, pod, container: (name: string): Loose => pod(name).containers[0] };
}

/** The process `worker` of an application. */
function worker(process: WorkerAppProcess, props: Partial<WorkerAppProps> = {}) {
  return objects({ ...props, processes: { worker: { ...WORKER, ...process } } });
}

describe('a process is a Deployment', () => {
  test('with its own name and labels, as a part of the application', () => {
    const { metadata, spec } = worker({ replicas: 3 }, { labels: { team: 'a' } }).find(
      'Deployment',
      'shop-worker',
    );
    const selector = { 'app.kubernetes.io/name': 'shop-worker', 'app.kubernetes.io/instance': 'shop' };
    expect(metadata.labels).toEqual({
      ...selector,
      'app.kubernetes.io/managed-by': 'cdk8s-worker-metrics',
      'app.kubernetes.io/part-of': 'shop',
      'app.kubernetes.io/version': 'v1',
      team: 'a',
    });
    expect(spec.replicas).toBe(3);
    expect(spec.selector.matchLabels).toEqual(selector);
    expect(spec.template.metadata.labels).toEqual(metadata.labels);
  });

  test('with one container of its own name, that runs its command', () => {
    const { containers } = worker({}).pod('shop-worker');
    expect(containers).toHaveLength(1);
    expect(containers[0]).toMatchObject({ name: 'worker', ...WORKER });
  });

  test('without a Service, a monitor, a port or a probe', () => {
    const { find, container } = worker({}, { http: { healthPath: '/' } });
    expect(find('Service', 'shop-worker') ?? find('ServiceMonitor', 'shop-worker')).toBeUndefined();
    expect(Object.keys(container('shop-worker'))).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/ports|Probe/)]),
    );
  });

  test('that passes Pod Security restricted, and can write to /tmp', () => {
    const { pod, container } = worker({});
    expect(pod('shop-worker').securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
    expect(container('shop-worker').securityContext.readOnlyRootFilesystem).toBe(true);
    expect(container('shop-worker').volumeMounts).toEqual([{ name: 'tmp', mountPath: '/tmp' }]);
  });

  test('whose name and labels take over a live one', () => {
    const { find } = worker({ name: 'celery', selectorLabels: { app: 'celery' } });
    const { spec } = find('Deployment', 'celery');
    expect(spec.selector.matchLabels).toEqual({ app: 'celery' });
    expect(spec.template.metadata.labels).toMatchObject({
      app: 'celery',
      'app.kubernetes.io/name': 'celery',
    });
  });

  test('with a budget, an autoscaler and a spread of its own', () => {
    const { find, pod } = worker({ autoscaling: { maxReplicas: 4 } });
    expect(find('HorizontalPodAutoscaler', 'shop-worker').spec.scaleTargetRef.name).toBe('shop-worker');
    const { matchLabels } = find('PodDisruptionBudget', 'shop-worker').spec.selector;
    expect(matchLabels['app.kubernetes.io/name']).toBe('shop-worker');
    expect(pod('shop-worker').topologySpreadConstraints[0].labelSelector).toEqual({ matchLabels });
  });
});

describe('what a process takes over from the application', () => {
  const APPLICATION: Partial<WorkerAppProps> = {
    imagePullPolicy: 'Always',
    imagePullSecrets: ['registry'],
    env: { LOG_LEVEL: 'info', TOKEN: { secret: 'shop', key: 'token' } },
    envFrom: [{ secret: 'shop' }],
    serviceAccount: 'shop-account',
    runAsUser: 33,
    podSecurityContext: { supplementalGroups: [7] },
    containerSecurityContext: { privileged: false },
    nodeSelector: { pool: 'web' },
    tolerations: [{ key: 'spot' }],
    priorityClassName: 'high',
    dnsPolicy: 'Default',
    hostAliases: [{ ip: '10.0.0.7', hostnames: ['a'] }],
    volumes: { media: { emptyDir: {}, mountPath: '/media' } },
    files: { '/etc/a': 'text' },
  };

  test('image, environment, account, security contexts, placement, DNS, volumes and files', () => {
    const { pod } = worker({}, APPLICATION);
    const [web, ours] = [pod('shop'), pod('shop-worker')];
    for (const field of [
      'imagePullSecrets',
      'serviceAccountName',
      'securityContext',
      'nodeSelector',
      'tolerations',
      'priorityClassName',
      'dnsPolicy',
      'hostAliases',
      'volumes',
    ])
      // prettier-ignore
      expect([field, ours[field]]).toEqual([field, web[field]]);
    for (const field of ['image', 'imagePullPolicy', 'envFrom', 'securityContext', 'volumeMounts'])
      expect([field, ours.containers[0][field]]).toEqual([field, web.containers[0][field]]);
    expect(ours.containers[0].env.map(({ name }: Loose) => name)).toEqual(['LOG_LEVEL', 'TOKEN']);
  });

  test('and nothing else', () => {
    const { pod, find } = worker(
      {},
      {
        ...APPLICATION,
        command: undefined,
        args: ['--timeout=60'],
        resources: { limits: { memory: '9Gi' } },
        podLabels: { a: 'b' },
        podAnnotations: { a: 'b' },
        podSpec: { shareProcessNamespace: true },
        containerSpec: { tty: true },
        lifecycle: { preStop: { exec: { command: ['a'] } } },
        terminationGracePeriodSeconds: 99,
        initContainers: { first: { image: 'a:1' } },
        sidecars: { beside: { image: 'a:1' } },
        replicas: 3,
      },
    );
    const { spec } = find('Deployment', 'shop-worker');
    expect(spec.replicas).toBe(1);
    expect(spec.template.metadata.labels).not.toHaveProperty('a');
    expect(spec.template.metadata.annotations).not.toHaveProperty('a');
    const { containers, ...rest } = pod('shop-worker');
    expect(rest).not.toHaveProperty('shareProcessNamespace');
    expect(rest).not.toHaveProperty('terminationGracePeriodSeconds');
    expect(rest).not.toHaveProperty('initContainers');
    for (const field of ['args', 'tty', 'lifecycle']) expect(containers[0]).not.toHaveProperty(field);
    expect(containers[0].resources.limits).toEqual({ memory: '512Mi' });
  });

  test('maps merge, lists replace, null removes', () => {
    const { pod, container } = worker(
      {
        env: { LOG_LEVEL: 'debug', TOKEN: null, QUEUE: 'a' } as never,
        envFrom: [],
        nodeSelector: { disk: 'ssd' },
        tolerations: null as never,
        podSecurityContext: { supplementalGroups: null } as never,
        volumes: { media: { readOnly: true }, scratch: { emptyDir: {}, mountPath: '/scratch' } },
        files: { '/etc/b': 'more' },
        priorityClassName: null as never,
      },
      APPLICATION,
    );
    const ours = pod('shop-worker');
    expect(container('shop-worker').env).toEqual([
      { name: 'LOG_LEVEL', value: 'debug' },
      { name: 'QUEUE', value: 'a' },
    ]);
    expect(container('shop-worker').envFrom).toEqual([]);
    expect(ours.nodeSelector).toEqual({ pool: 'web', disk: 'ssd' });
    expect(ours).not.toHaveProperty('tolerations');
    expect(ours).not.toHaveProperty('priorityClassName');
    expect(ours.securityContext).not.toHaveProperty('supplementalGroups');
    const mounts = container('shop-worker').volumeMounts.map((mount: Loose) => [
      mount.mountPath,
      mount.readOnly,
    ]);
    expect(mounts).toEqual([
      ['/tmp', undefined],
      ['/media', true],
      ['/scratch', undefined],
      ['/etc/a', true],
      ['/etc/b', true],
    ]);
  });

  test('its image gives its version, and none of the computed variables reaches it', () => {
    const { find, container } = worker(
      { image: 'example.com/worker:v9' },
      {
        metrics: { strategy: 'multiprocess' },
        gunicorn: {},
        env: { THREADS: '$(WEB_CONCURRENCY)', GUNICORN_CMD_ARGS: '--threads=2', PLAIN: 'a' },
      },
    );
    const { labels } = find('Deployment', 'shop-worker').metadata;
    expect(labels['app.kubernetes.io/version']).toBe('v9');
    expect(container('shop-worker').env).toEqual([
      { name: 'GUNICORN_CMD_ARGS', value: '--threads=2' },
      { name: 'PLAIN', value: 'a' },
    ]);
  });

  test('variables that are computed for the web pods may be set', () => {
    const { container } = worker(
      { env: { WEB_CONCURRENCY: '4' } },
      { env: { THREADS: '$(WEB_CONCURRENCY)' } },
    );
    expect(container('shop-worker').env).toEqual([
      { name: 'WEB_CONCURRENCY', value: '4' },
      { name: 'THREADS', value: '$(WEB_CONCURRENCY)' },
    ]);
  });
});

describe('the objects that a process shares with the application', () => {
  const names = (all: readonly Loose[], kind: string) =>
    all.filter((one) => one.kind === kind).map(({ metadata }) => metadata.name as string);

  test('one ConfigMap of files, with which all pods roll', () => {
    const { all, find } = worker({}, { files: { '/etc/a': 'text' } });
    expect(names(all, 'ConfigMap')).toEqual(['shop-files']);
    const hashes = ['shop', 'shop-worker'].map(
      (name) => find('Deployment', name).spec.template.metadata.annotations,
    );
    expect(hashes[0]).toEqual(hashes[1]);
  });

  test('a process with files of its own has its own ConfigMap, with those of the application', () => {
    const { all, find } = worker({ files: { '/etc/b': 'more' } }, { files: { '/etc/a': 'text' } });
    expect(names(all, 'ConfigMap')).toEqual(['shop-files', 'shop-worker-files']);
    expect(find('ConfigMap', 'shop-worker-files').data).toEqual({ 'etc-a': 'text', 'etc-b': 'more' });
  });

  test('the claims of its volumes; a claim of its own has its name', () => {
    const claim = { size: '1Gi', accessModes: ['ReadWriteMany'] };
    const { all, pod } = worker(
      { volumes: { own: { claim, mountPath: '/own' } } },
      { volumes: { media: { claim, mountPath: '/media' } } },
    );
    expect(names(all, 'PersistentVolumeClaim')).toEqual(['shop-media', 'shop-worker-own']);
    const claims = pod('shop-worker').volumes.map((volume: Loose) => volume.persistentVolumeClaim?.claimName);
    expect(claims).toEqual([undefined, 'shop-media', 'shop-worker-own']);
  });

  test('its ServiceAccount; another name is another account', () => {
    const application = {
      serviceAccount: { create: true, rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }] },
    };
    const shared = worker({ serviceAccount: { automountToken: true } }, application);
    expect(names(shared.all, 'ServiceAccount')).toEqual(['shop']);
    expect(shared.pod('shop-worker')).toMatchObject({
      serviceAccountName: 'shop',
      automountServiceAccountToken: true,
    });
    const other = worker({ serviceAccount: { create: true, name: 'jobs' } }, application);
    expect(names(other.all, 'ServiceAccount')).toEqual(['shop', 'jobs']);
    expect(names(other.all, 'Role')).toEqual(['shop']);
  });
});

describe('ports and metrics', () => {
  test('ports make a Service with the name of the process', () => {
    const { find, container } = worker({ ports: { http: 5555, admin: { port: 8443, servicePort: 443 } } });
    const { spec } = find('Service', 'shop-worker');
    expect(spec.ports.map(({ name, port, targetPort }: Loose) => [name, port, targetPort])).toEqual([
      ['http', 5555, 'http'],
      ['admin', 443, 'admin'],
    ]);
    expect(spec.selector['app.kubernetes.io/name']).toBe('shop-worker');
    expect(container('shop-worker').ports.map(({ containerPort }: Loose) => containerPort)).toEqual([
      5555, 8443,
    ]);
    expect(find('ServiceMonitor', 'shop-worker')).toBeUndefined();
  });

  test('metrics make a monitor, and a headless Service for it', () => {
    const { find, container } = worker({ metrics: { port: 9540, path: '/m', interval: '15s' } });
    expect(container('shop-worker').ports).toEqual([
      { name: 'metrics', containerPort: 9540, protocol: 'TCP' },
    ]);
    expect(find('Service', 'shop-worker').spec).toMatchObject({
      clusterIP: 'None',
      ports: [{ name: 'metrics', port: 9540 }],
    });
    expect(find('ServiceMonitor', 'shop-worker').spec).toEqual({
      selector: { matchLabels: { 'app.kubernetes.io/name': 'shop-worker' } },
      endpoints: [{ port: 'metrics', path: '/m', interval: '15s' }],
    });
  });

  test('with PodMonitors, metrics need no Service', () => {
    const { find } = worker({ metrics: { port: 9540 } }, { metrics: { monitor: 'PodMonitor' } });
    expect(find('Service', 'shop-worker')).toBeUndefined();
    expect(find('PodMonitor', 'shop-worker').spec).toEqual({
      selector: { matchLabels: { 'app.kubernetes.io/name': 'shop-worker' } },
      jobLabel: 'app.kubernetes.io/name',
      podMetricsEndpoints: [{ port: 'metrics', path: '/metrics', interval: '30s' }],
    });
  });

  test.each([
    ['by name', 'http'],
    ['by number', 5555],
  ])('the port of metrics may be one of ports, %s', (_, port) => {
    const { find } = worker({ ports: { http: 5555 }, metrics: { port } });
    expect(find('Service', 'shop-worker').spec.ports).toHaveLength(1);
    expect(find('ServiceMonitor', 'shop-worker').spec.endpoints[0].port).toBe('http');
  });
});

describe('containers of the application in other pods', () => {
  const sidecars = {
    proxy: { image: 'proxy:1', in: ['web', 'worker'] },
    agent: { image: 'agent:1', in: ['worker'] },
    nginx: { image: 'nginx:1' },
  };

  test('`in` names the pods; without it they are the web pods', () => {
    const { pod } = worker({ sidecars: { own: { image: 'own:1' } } }, { sidecars });
    const namesIn = (name: string) => pod(name).initContainers.map((one: Loose) => one.name);
    expect(namesIn('shop')).toEqual(['proxy', 'nginx']);
    expect(namesIn('shop-worker')).toEqual(['proxy', 'agent', 'own']);
    expect(JSON.stringify(pod('shop-worker'))).not.toContain('"in"');
  });

  test('one without an image takes that of the pod, with its environment and mounts', () => {
    const { pod } = worker(
      { image: 'example.com/worker:v2', env: { A: '2' } },
      { env: { A: '1' }, initContainers: { check: { command: ['check'], in: ['worker'] } } },
    );
    expect(pod('shop-worker').initContainers[0]).toMatchObject({
      name: 'check',
      image: 'example.com/worker:v2',
      env: [{ name: 'A', value: '2' }],
      volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
    });
  });

  test.each([
    ['an unknown place', { sidecars: { a: { image: 'a:1', in: ['wroker'] } }, processes: { worker: WORKER } }, 'error: sidecars.a.in[0]: expected web, jobs or worker, got "wroker"; did you mean "worker"?'],
    ['`in` inside a process', { processes: { worker: { ...WORKER, sidecars: { a: { image: 'a:1', in: ['web'] } } } } }, 'error: processes.worker.sidecars.a.in: this container is only in the pods of this entry; remove it, or write the container in sidecars or initContainers of the application'],
  ])('refuses %s', (_, props, message) => {
    expect(said(props as never)).toEqual([message]);
  }); // prettier-ignore
});

/** Every selector of an object, and the kind of object. */
function selectorsIn(all: readonly Manifest[]): { of: string; labels: object }[] {
  return all.flatMap((one) => {
    const { kind, metadata } = one as Loose;
    const labels = mapAt(one, 'spec', 'selector');
    const given = kind === 'Service' ? labels : mapAt(labels, 'matchLabels');
    const pods = kind === 'NetworkPolicy' ? mapAt(one, 'spec', 'podSelector', 'matchLabels') : given;
    return Object.keys(pods).length > 0 ? [{ of: `${kind} ${metadata.name}`, labels: pods }] : [];
  });
}

const MANY: Partial<WorkerAppProps> = {
  replicas: 2,
  networkPolicy: true,
  metrics: { service: 'headless' },
  processes: {
    worker: { ...WORKER, replicas: 2, metrics: { port: 9540 }, autoscaling: undefined },
    flower: { command: ['celery', 'flower'], ports: { http: 5555 } },
    beat: BEAT,
  },
};

describe('whose pods each object selects', () => {
  test.each([
    ['by default', MANY],
    ['with a PodMonitor', { ...MANY, metrics: { monitor: 'PodMonitor' } }],
    ['with selector labels of a chart', { ...MANY, selectorLabels: { app: 'shop', release: 'a' } }],
  ] as [string, Partial<WorkerAppProps>][])('its own alone, for all pairs: %s', (_, props) => {
    const { all } = objects(props);
    const deployments = all.filter(({ kind }) => kind === 'Deployment');
    expect(deployments).toHaveLength(4);
    for (const { of, labels } of selectorsIn(all)) {
      const isMonitorOfServices = of.startsWith('ServiceMonitor');
      const candidates = isMonitorOfServices ? all.filter(({ kind }) => kind === 'Service') : deployments;
      const taken = candidates.filter((one) => {
        const own = isMonitorOfServices ? mapAt(one, 'metadata', 'labels') : mapAt(one, 'spec', 'template', 'metadata', 'labels');
        return Object.entries(labels).every(([name, value]) => at(own, name) === value);
      });
      const expected = of.split(' ')[1]?.replace(/-metrics$/, '');
      const names = taken.map(({ metadata }) => metadata.name.replace(/-metrics$/, ''));
      expect([of, [...new Set(names)]]).toEqual([of, [expected]]);
    }
  }); // prettier-ignore

  test('the checks of the finished objects find nothing', () => {
    expect(checkManifests(objects(MANY).all).map(({ message }) => message)).toEqual([]);
  });

  test.each([
    [
      'labels that all objects have are the selector of the web pods',
      { labels: { app: 'shop' }, selectorLabels: { app: 'shop' }, processes: { worker: WORKER } },
      'error: processes.worker: the pods of process worker have the labels by which the web pods are selected (app: shop); set processes.worker.podLabels: { app: shop-worker }',
    ],
    [
      'the web pods are selected by the instance alone',
      { selectorLabels: { 'app.kubernetes.io/instance': 'shop' }, processes: { worker: WORKER } },
      'error: processes.worker: the pods of process worker have the labels by which the web pods are selected (app.kubernetes.io/instance: shop); set processes.worker.selectorLabels: { app.kubernetes.io/name: shop-worker } and podLabels: { app.kubernetes.io/instance: shop-worker }',
    ],
    [
      'a process selects the web pods',
      { processes: { worker: { ...WORKER, selectorLabels: { 'app.kubernetes.io/instance': 'shop' } } } },
      'error: processes.worker: the web pods have the labels by which the pods of process worker are selected (app.kubernetes.io/instance: shop); set processes.worker.selectorLabels to labels that only its pods have',
    ],
  ] as [string, object, string][])('refuses it where %s, and the hint helps', (_, props, message) => {
    expect(said(props as never)).toEqual([message]);
  });

  test('the labels of that hint are accepted', () => {
    const process = {
      ...WORKER,
      selectorLabels: { 'app.kubernetes.io/name': 'shop-worker' },
      podLabels: { 'app.kubernetes.io/instance': 'shop-worker' },
    };
    expect(
      said({ selectorLabels: { 'app.kubernetes.io/instance': 'shop' }, processes: { worker: process } }),
    ).toEqual([]);
  });
});

describe('names', () => {
  const long = 'a'.repeat(40);
  test.each([
    ['too long', { name: long, processes: { [long]: WORKER } }, `error: processes.${long}: its objects would be called ${long}-${long}, with 81 characters, above 63; shorten it, or set processes.${long}.name`],
    ['of the application', { processes: { worker: { ...WORKER, name: 'shop' } } }, 'error: processes.worker.name: shop is the name of the application, too; choose another name'],
    ['of another process', { processes: { a: { ...WORKER, name: 'shop-b' }, b: WORKER } }, 'error: processes.b: shop-b is the name of process a, too; choose another name, or set processes.b.name'],
    ['of the headless Service', { metrics: { service: 'headless' }, processes: { metrics: WORKER } }, 'error: processes.metrics: shop-metrics is the name of the Service of metrics.service, too; choose another name, or set processes.metrics.name'],
    ['reserved', { processes: { web: WORKER } }, 'error: processes.web: web is a reserved name; choose another one'],
  ])('refuses one that is %s', (_, props, message) => {
    expect(said(props as never)).toEqual([message]);
  }); // prettier-ignore
});

describe('Celery beat', () => {
  test.each([
    ['beat', BEAT.command],
    ['worker -B', ['celery', '-A', 'shop', 'worker', '-B', '-s', '/tmp/beat']],
    ['a shell', ['sh', '-c', 'exec celery -A shop beat -s /tmp/beat']],
  ])('%s has one replica, and the old pod ends before the new one starts', (_, command) => {
    const { spec } = objects({ processes: { beat: { command } } }).find('Deployment', 'shop-beat');
    expect(spec).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } });
    expect(spec.strategy).not.toHaveProperty('rollingUpdate');
  });

  test('a worker without -B rolls', () => {
    const { spec } = worker({}).find('Deployment', 'shop-worker');
    expect(spec.strategy.type).toBe('RollingUpdate');
  });

  test.each([
    ['replicas', { ...BEAT, replicas: 2 }, 'error: processes.beat.replicas: each Celery beat sends every task: with 2 pods, each task runs 2 times; set it to 1, or name a scheduler with a lock: --scheduler redbeat.RedBeatScheduler'],
    ['an autoscaler', { ...BEAT, autoscaling: { maxReplicas: 3 } }, 'error: processes.beat.autoscaling.maxReplicas: each Celery beat sends every task: with 3 pods, each task runs 3 times; set it to 1, or name a scheduler with a lock: --scheduler redbeat.RedBeatScheduler'],
    ['workers with -B', { command: ['celery', 'worker', '-EB', '-s/tmp/a'], replicas: 2 }, 'error: processes.beat.replicas: each Celery beat sends every task: with 2 pods, each task runs 2 times; set it to 1, or run the beat in a process of its own: celery … beat, without -B here'],
    ['a rolling update', { ...BEAT, strategy: { type: 'RollingUpdate' } }, 'warning: processes.beat.strategy: a rollout may run two Celery beats at the same time, and each sends every task; remove it: the default for a beat is Recreate'],
    ['a file that it cannot write', { command: ['celery', '-A', 'shop', 'beat'] }, 'warning: processes.beat.command: Celery beat writes the times of the last runs to its working folder, which is read-only, unless the application sets beat_scheduler or beat_schedule_filename; add --schedule=/tmp/celerybeat-schedule, or a path in a volume that is kept'],
  ])('speaks about %s', (_, beat, message) => {
    expect(said({ processes: { beat } } as never)).toEqual([message]);
  }); // prettier-ignore

  test.each([
    ['RedBeat', { command: ['celery', 'beat', '-S', 'redbeat.RedBeatScheduler'], replicas: 2 }],
    ['a scheduler in a variable', { command: ['celery', 'beat', '--scheduler=$(SCHEDULER)'], replicas: 2 }],
    ["RQ's scheduler", { command: ['rqscheduler'], replicas: 2 }],
    ['a worker', { ...WORKER, replicas: 5 }],
    ['a writable root', { command: ['celery', 'beat'], containerSecurityContext: { readOnlyRootFilesystem: false } }],
  ])('says nothing about %s', (_, process) => {
    expect(said({ processes: { a: process } } as never)).toEqual([]);
  }); // prettier-ignore
});

describe('a claim of one node', () => {
  const volumes = { media: { claim: { size: '1Gi' }, mountPath: '/media' } };
  const WARNING =
    'warning: volumes.media.claim: ReadWriteOnce binds the volume to one node, and processes.worker mounts it, too: a pod on another node does not start; set accessModes: [ReadWriteMany] if the storage class has it, volumes: { media: null } where it is not needed, or an affinity that holds the pods on one node';

  test('is warned of where a process mounts it, too', () => {
    expect(said({ volumes, processes: { worker: WORKER } })).toEqual([WARNING]);
  });

  test.each([
    ['the process does not have it', { volumes, processes: { worker: { ...WORKER, volumes: { media: null } } } }],
    ['a nodeSelector holds all pods on one node', { volumes, nodeSelector: { node: 'a' }, processes: { worker: WORKER } }],
    ['it is for many nodes', { volumes: { media: { claim: { size: '1Gi', accessModes: ['ReadWriteMany'] }, mountPath: '/m' } }, processes: { worker: WORKER } }],
  ])('is not where %s', (_, props) => {
    expect(said(props as never)).toEqual([]);
  }); // prettier-ignore

  test('for one pod alone is refused then', () => {
    const claim = { size: '1Gi', accessModes: ['ReadWriteOncePod'] };
    expect(said({ volumes: { media: { claim, mountPath: '/m' } }, processes: { worker: WORKER } })).toEqual([
      'error: volumes.media.claim.accessModes: ReadWriteOncePod gives the volume to one pod, and processes.worker mounts it, too: the others never start; set volumes: { media: null } where it is not needed, or another mode',
    ]);
  });

  test('keeps its size in processes: they mount the same claim', () => {
    const process = { ...WORKER, volumes: { media: { claim: { size: '2Gi' } } } };
    expect(said({ volumes: { media: { claim: { size: '1Gi', accessModes: ['ReadWriteMany'] }, mountPath: '/m' } }, processes: { worker: process } })).toEqual([
      'error: processes.worker.volumes.media.claim: the claim is that of the application; remove it, or choose another name for the volume',
    ]);
  }); // prettier-ignore
});

describe('keys of a process are checked as those of the web pods are', () => {
  test.each([
    [
      'a container as root',
      { containerSecurityContext: { runAsUser: 0 } },
      'containerSecurityContext.runAsUser',
    ],
    [
      'two budgets',
      { podDisruptionBudget: { minAvailable: 1, maxUnavailable: 1 } },
      'podDisruptionBudget.minAvailable',
    ],
    ['a probe without a handler', { probes: { liveness: { periodSeconds: 5 } } }, 'probes.liveness'],
    ['a volume without a source', { volumes: { a: { mountPath: '/a' } } }, 'volumes.a'],
    ['two mounts at one path', { files: { '/tmp': 'a' } }, 'files./tmp'],
    ['variables in a circle', { env: { A: '$(B)', B: '$(A)' } }, 'env.A'],
    [
      'a request above its limit',
      { resources: { requests: { cpu: 2 }, limits: { cpu: 1 } } },
      'resources.requests.cpu',
    ],
    ['replicas beside an autoscaler', { replicas: 2, autoscaling: { maxReplicas: 3 } }, 'replicas'],
    ['a port that it does not have', { ports: { http: 80 }, metrics: { port: 'htpp' } }, 'metrics.port'],
    ['two equal ports of the Service', { ports: { a: 80, b: 80 } }, 'ports.b'],
    [
      'a label over its selector',
      { podLabels: { 'app.kubernetes.io/name': 'a' } },
      'podLabels.app.kubernetes.io/name',
    ],
    ['an unknown key', { comand: ['a'] }, 'comand'],
  ])('%s', (_, process, key) => {
    const [only, ...others] = said({ processes: { worker: { ...WORKER, ...process } } } as never);
    expect(others).toEqual([]);
    expect(only?.replaceAll('"', '')).toContain(`processes.worker.${key}`);
  });

  test('a problem of the application is reported once', () => {
    expect(
      said({ volumes: { a: { mountPath: '/a' } }, processes: { worker: WORKER } } as never),
    ).toHaveLength(1);
  });

  test('its user may differ from the application’s', () => {
    const process = { ...WORKER, podSecurityContext: { runAsUser: 7 } };
    expect(said({ runAsUser: 33, processes: { worker: process } })).toEqual([]);
  });
});
