import type { WorkerAppProps } from '../../../src/worker-app/worker-app-props.js';
import { diagnosticsOf } from '../../diagnostics-of.js';
import type { Loose } from '../../manifests-of.js';
import { namesOf, RESTRICTED, shop } from './a-shop.js';

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
