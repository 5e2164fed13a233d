import type { WorkerAppProps } from '../../src/worker-app/worker-app-props.js';
import { checkManifests } from '../../src/checks/check-manifests.js';
import { manifestsOf, type Loose } from '../manifests-of.js';
import { diagnosticsOf } from '../diagnostics-of.js';

const SHOP = { name: 'shop', image: 'example.com/shop:v1', workers: 2 };

function shop(props: Partial<WorkerAppProps>) {
  return manifestsOf({ ...SHOP, ...props });
}

const namesOf = (containers: Loose[] = []) => containers.map(({ name }) => name as string);

const RESTRICTED = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
};

describe('the order of containers', () => {
  test('sidecars, then init containers, as they are written; then the application and the others', () => {
    const { pod } = shop({
      initContainers: { second: { image: 'a:1' }, first: { image: 'a:1' } },
      sidecars: { proxy: { image: 'a:1' }, old: { image: 'a:1', native: false }, agent: { image: 'a:1' } },
    });
    expect(namesOf(pod.initContainers)).toEqual(['proxy', 'agent', 'second', 'first']);
    expect(namesOf(pod.containers)).toEqual(['app', 'old']);
    expect(pod.initContainers.map(({ restartPolicy }: Loose) => restartPolicy)).toEqual([
      'Always',
      'Always',
      undefined,
      undefined,
    ]);
    expect(pod.containers[1]).toEqual({ name: 'old', image: 'a:1', securityContext: RESTRICTED });
  });

  test('without these keys there are no init containers', () => {
    expect(shop({}).pod).not.toHaveProperty('initContainers');
  });

  test.each(['initContainers', 'sidecars'])('a number as a name of %s is refused', (key) => {
    expect(diagnosticsOf({ [key]: { 10: { image: 'a:1' } } })).toEqual([
      `error: ${key}.10: the containers would not keep their order; begin the name with a letter`,
    ]);
  });
});

describe('a container without an image', () => {
  const props: Partial<WorkerAppProps> = {
    imagePullPolicy: 'Always',
    env: { LEVEL: 'info', HOST: 'db', URL: 'pg://$(HOST)/shop' },
    volumes: { data: { emptyDir: {}, mountPath: '/data' } },
    files: { '/etc/a': 'a' },
    containerSecurityContext: { readOnlyRootFilesystem: false },
  };

  test("takes the application's image with its env and mounts, and none of the computed variables", () => {
    const { pod, container } = shop({
      ...props,
      gunicorn: {},
      initContainers: { check: { command: ['python', 'manage.py', 'check'] } },
    });
    expect(pod.initContainers[0]).toEqual({
      name: 'check',
      image: 'example.com/shop:v1',
      imagePullPolicy: 'Always',
      command: ['python', 'manage.py', 'check'],
      env: [
        { name: 'LEVEL', value: 'info' },
        { name: 'HOST', value: 'db' },
        { name: 'URL', value: 'pg://$(HOST)/shop' },
      ],
      volumeMounts: container.volumeMounts,
      securityContext: { ...RESTRICTED, readOnlyRootFilesystem: false },
    });
  });

  test('its own entries win', () => {
    const { pod } = shop({
      ...props,
      sidecars: {
        worker: {
          env: [{ name: 'HOST', value: 'other' }],
          volumeMounts: [{ name: 'data', mountPath: '/data/', readOnly: true }],
          imagePullPolicy: 'Never',
          securityContext: { runAsUser: 5 },
        },
      },
    });
    const [worker] = pod.initContainers;
    expect(worker).toMatchObject({ imagePullPolicy: 'Never', securityContext: { runAsUser: 5 } });
    expect(worker.securityContext).toEqual({ runAsUser: 5 });
    expect(worker.env).toEqual([
      { name: 'LEVEL', value: 'info' },
      { name: 'HOST', value: 'other' },
      { name: 'URL', value: 'pg://$(HOST)/shop' },
    ]);
    expect(namesOf(worker.volumeMounts)).toEqual(['tmp', 'files', 'data']);
    expect(worker.volumeMounts[2]).toEqual({ name: 'data', mountPath: '/data/', readOnly: true });
  });

  test('a variable that refers to a computed one is left out, unless the container sets that', () => {
    const env = { UWSGI_PROCESSES: '$(WEB_CONCURRENCY)', AGAIN: '$(UWSGI_PROCESSES)', LEVEL: 'info' };
    const envOf = (own: Loose) => shop({ env, initContainers: { check: own } }).pod.initContainers[0].env;
    expect(namesOf(envOf({}))).toEqual(['LEVEL']);
    expect(namesOf(envOf({ env: [{ name: 'WEB_CONCURRENCY', value: '1' }] }))).toEqual([
      'WEB_CONCURRENCY',
      'UWSGI_PROCESSES',
      'AGAIN',
      'LEVEL',
    ]);
  });

  test('null removes an inherited value', () => {
    const { pod } = shop({
      ...props,
      initContainers: { check: { env: null, volumeMounts: null, securityContext: null } as never },
    });
    expect(pod.initContainers[0]).toEqual({
      name: 'check',
      image: 'example.com/shop:v1',
      imagePullPolicy: 'Always',
    });
  });
});

describe('a container with its own image', () => {
  test('has our restricted security context, and nothing of the application', () => {
    const { pod } = shop({
      env: { A: 'b' },
      sidecars: { proxy: { image: 'proxy:1', args: ['--port=5432'] } },
    });
    expect(pod.initContainers).toEqual([
      {
        name: 'proxy',
        image: 'proxy:1',
        args: ['--port=5432'],
        restartPolicy: 'Always',
        securityContext: RESTRICTED,
      },
    ]);
  });

  test.each([[{ runAsUser: 5 }], [{ privileged: true }]])(
    'keeps its own security context: %j',
    (securityContext) => {
      const { pod } = shop({ sidecars: { proxy: { image: 'proxy:1', securityContext } } });
      expect(pod.initContainers[0].securityContext).toEqual(securityContext);
    },
  );
});

describe('refused', () => {
  const port = (containerPort: number, more: object = {}) => ({
    image: 'a:1',
    ports: [{ containerPort }],
    ...more,
  });

  test.each([
    [
      { sidecars: { a: port(8002) } },
      'sidecars.a.ports[0].containerPort: 8002 is a metrics port (8001-8002) of the workers, which are in the same pod; choose a port outside 8001-8002, or set metrics.startPort',
    ],
    [
      { sidecars: { a: port(8001, { native: false }) } },
      'sidecars.a.ports[0].containerPort: 8001 is a metrics port (8001-8002) of the workers, which are in the same pod; choose a port outside 8001-8002, or set metrics.startPort',
    ],
    [
      { initContainers: { a: port(8001, { restartPolicy: 'Always' }) } },
      'initContainers.a.ports[0].containerPort: 8001 is a metrics port (8001-8002) of the workers, which are in the same pod; choose a port outside 8001-8002, or set metrics.startPort',
    ],
    [
      { sidecars: { app: { image: 'a:1' } } },
      "sidecars.app: the application's container has this name, too; choose another name",
    ],
    [
      { initContainers: { a: { image: 'a:1' } }, sidecars: { a: { image: 'a:1' } } },
      'sidecars.a: an entry of initContainers has this name, too; choose another name',
    ],
    [
      { initContainers: { a: { image: 'a:1', readinessProbe: { exec: { command: ['x'] } } } } },
      'initContainers.a.readinessProbe: an init container ends before the application starts, and Kubernetes refuses this field in it; remove it, or write the container in sidecars',
    ],
    [
      { sidecars: { a: { image: 'a:1', native: false, restartPolicy: 'Always' } } },
      'sidecars.a.restartPolicy: Kubernetes refuses this field in an ordinary container, which restarts always; remove it',
    ],
    [
      { sidecars: { a: { image: 'a:1', restartPolicy: 'OnFailure' } } },
      'sidecars.a.restartPolicy: a sidecar restarts always, and Kubernetes refuses another policy in it; remove it',
    ],
    [
      { sidecars: { a: { image: 'a:1', imagePullPolcy: 'Always' } } },
      'sidecars.a.imagePullPolcy: a Container of Kubernetes 1.28 has no such field; did you mean "imagePullPolicy"?',
    ],
    [
      { sidecars: { a: { image: 'a:1', name: 'b' } } },
      'sidecars.a.name: this field is not written here; the key is the name of the container: remove it',
    ],
    [
      { initContainers: [{ name: 'wait', image: 'a:1' }] },
      'initContainers: expected a map, got a list; write names as keys: { wait: { image: "a:1" } }',
    ],
  ])('%j', (props, message) => {
    expect(diagnosticsOf(props)).toEqual([`error: ${message}`]);
  });

  test.each([
    { initContainers: { a: port(8001) } },
    { sidecars: { a: port(8003) } },
    {
      initContainers: {
        a: { image: 'a:1', restartPolicy: 'Always', readinessProbe: { tcpSocket: { port: 1 } } },
      },
    },
    { sidecars: { app: { image: 'a:1' } }, container: 'web' },
  ])('not %j', (props) => {
    expect(diagnosticsOf(props)).toEqual([]);
  });

  test('http.targetPort names a port of a sidecar', () => {
    const sidecars = { nginx: { image: 'nginx:1', ports: [{ name: 'web', containerPort: 8080 }] } };
    const props = { http: { targetPort: 'web' } };
    expect(diagnosticsOf({ ...props, sidecars })).toEqual([]);
    expect(shop({ ...props, sidecars }).service.spec.ports[0]).toMatchObject({ targetPort: 'web' });
    expect(diagnosticsOf({ ...props, initContainers: sidecars })).toEqual([
      'error: http.targetPort: "web" is not a port of the pods (http); name a port of a sidecar, or of ports',
    ]);
  });

  test("a sidecar's port with the name of the application's is a warning", () => {
    expect(
      diagnosticsOf({ sidecars: { a: { image: 'a:1', ports: [{ name: 'http', containerPort: 80 }] } } }),
    ).toEqual([
      "warning: sidecars.a.ports[0].name: the application's container has a port of this name, too, and the Service leads to that one; choose another name",
    ]);
  });
});

describe('the checks of finished objects', () => {
  const withPort = (list: 'initContainers' | 'sidecars', port: object) => {
    const { all, service, monitor } = shop({ [list]: { nginx: { image: 'nginx:1', ports: [port] } } });
    service.spec.ports.push({ name: 'web', port: 8080, targetPort: 'web' });
    monitor.spec.endpoints.push({ port: 'web' });
    return checkManifests(all).map(({ field, message }) => `${String(field)}: ${message}`);
  };

  test("follow a Service's targetPort to a native sidecar, and not to an init container", () => {
    expect(withPort('sidecars', { name: 'web', containerPort: 8080 })).toEqual([]);
    expect(withPort('initContainers', { name: 'web', containerPort: 8080 })).not.toEqual([]);
  });

  test('find two mounts of one path in a container: the API server refuses them', () => {
    const { all } = shop({
      sidecars: {
        a: {
          image: 'a:1',
          volumeMounts: [
            { name: 'tmp', mountPath: '/a' },
            { name: 'tmp', mountPath: '/a' },
          ],
        },
      },
    });
    expect(checkManifests(all).map(({ field, message }) => `${String(field)}: ${message}`)).toEqual([
      'spec.template.spec.initContainers[0].volumeMounts[1].mountPath: "/a" is the path of another mount too',
    ]);
  });
});

test('null for the places of a container is the web pods', () => {
  const sidecars = { proxy: { image: 'a/b:v1', in: null } } as unknown as WorkerAppProps['sidecars'];
  expect(shop({ sidecars }).pod.initContainers).toHaveLength(1);
});

describe('a container that runs the program of the application, since it has neither image nor command', () => {
  const AGAIN =
    "without image and command, it runs the program of the application's image a second time in the pod";

  test.each([
    [{ sidecars: { x: {} } }, `warning: sidecars.x: ${AGAIN}; set its image, command or args`],
    [
      { initContainers: { x: { resources: { limits: { cpu: 1 } } } } },
      "warning: initContainers.x: without image and command, it runs the program of the application's image: if that is a server, the application never starts; set its image, command or args",
    ],
    [
      {
        sidecars: { sql: { image: 'a/b:1' } },
        environments: { prod: { sidecars: { sqll: { args: ['y'] } } } },
      },
      `warning: environments.prod.sidecars.sqll: ${AGAIN}; did you mean "sql"?`,
    ],
    [
      { processes: { w: { command: ['celery'], sidecars: { x: { ports: [{ containerPort: 1 }] } } } } },
      `warning: processes.w.sidecars.x: ${AGAIN}; set its image, command or args`,
    ],
  ])('gets a warning: %j', (props, warning) => {
    expect(diagnosticsOf(props)).toEqual([warning]);
  });

  test.each([
    { initContainers: { collect: { args: ['collectstatic'] } } },
    { initContainers: { collect: { env: [{ name: 'ROLE', value: 'collect' }] } } },
    { initContainers: { 'wait-for-db': { command: ['a'] }, 'wait-for-redis': { args: ['redis'] } } },
    { sidecars: { 'sql-a': { image: 'a:1' }, 'sql-b': { env: [{ name: 'ROLE', value: 'b' }] } } },
    { sidecars: { sql1: { command: ['a'] }, sql2: { command: ['b'] }, sql3: { image: 'a:1' } } },
  ])('gets none if it may do other work: %j', (props) => {
    expect(diagnosticsOf(props)).toEqual([]);
  });
});
