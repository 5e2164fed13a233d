import { formatDiagnostic } from '../../../src/diagnostics/diagnostic.js';
import { parseValues } from '../../../src/values/parse-values.js';
import type { WorkerAppProps } from '../../../src/worker-app/worker-app-props.js';
import type { Loose } from '../../manifests-of.js';
import { worker } from './process-objects.js';

describe('keys that a process inherits from the application', () => {
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

describe('a null of a process or job that removes nothing', () => {
  const problems = (text: string, environments?: readonly string[]) =>
    parseValues([{ file: 'f', text: `name: shop\nimage: shop:1\nworkers: 2\n${text}` }], { environments }).problems.map(
      formatDiagnostic,
    );
  const VAIN = 'null removes a value of the application, but the application does not contain it';
  const APPLICATION = 'env: { SENTRY_DSN: x }\nvolumes: { media: { emptyDir: {}, mountPath: /m } }\n';

  test.each([
    ['processes.w.env.SENTRY_DNS', `${APPLICATION}processes: { w: { command: [a], env: { SENTRY_DNS: null } } }`, 'did you mean "SENTRY_DSN"?'],
    ['processes.w.volumes.medai', `${APPLICATION}processes: { w: { command: [a], volumes: { medai: null } } }`, 'did you mean "media"?'],
    ['processes.w.files./etc/a', `processes: { w: { command: [a], files: { /etc/a: null } } }`, 'remove it'],
    ['cronJobs.c.env.OTHER', `${APPLICATION}cronJobs: { c: { schedule: '@daily', command: [a], env: { OTHER: null } } }`, 'remove it'],
    ['migrate.env.SENTRY_DNS', `${APPLICATION}migrate: { command: [a], check: false, env: { SENTRY_DNS: null } }`, 'did you mean "SENTRY_DSN"?'],
    ['environments.prod.processes.w.env.SENTRY_DNS', `${APPLICATION}processes: { w: { command: [a] } }\nenvironments: { dev: {}, prod: { processes: { w: { env: { SENTRY_DNS: null } } } } }`, 'did you mean "SENTRY_DSN"?'],
  ])('is refused, with the nearest name: %s', (field, text, hint) => {
    expect(problems(text)).toEqual([expect.stringMatching(/^f:\d+: /)]);
    expect(problems(text)[0]).toContain(`${field}: ${VAIN}; ${hint}`);
  });

  test.each([
    ["the application's entry", `${APPLICATION}processes: { w: { command: [a], env: { SENTRY_DSN: null }, volumes: { media: null } } }`],
    ["an entry of the application in one environment", 'processes: { w: { command: [a], env: { DEBUG: null } } }\nenvironments: { dev: { env: { DEBUG: "1" } }, prod: {} }'],
    ['the entry of the process in the base', 'processes: { w: { command: [a], env: { DEBUG: "1" } } }\nenvironments: { prod: { processes: { w: { env: { DEBUG: null } } } } }'],
  ])('is not one that removes %s', (_, text) => {
    expect(problems(text)).toEqual([]);
  });

  test('is judged by all environments, also in a run of one of them', () => {
    const text = 'processes: { w: { command: [a], env: { DEBUG: null } } }\nenvironments: { dev: { env: { DEBUG: "1" } }, prod: {} }';
    expect(problems(text, ['prod'])).toEqual([]);
  });
}); // prettier-ignore
