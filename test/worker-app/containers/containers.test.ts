import { checkManifests } from '../../../src/checks/check-manifests.js';
import type { WorkerAppProps } from '../../../src/worker-app/worker-app-props.js';
import { diagnosticsOf } from '../../diagnostics-of.js';
import type { Loose } from '../../manifests-of.js';
import { namesOf, RESTRICTED, shop } from './a-shop.js';

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

test('null for the places of a container is the web pods', () => {
  const sidecars = { proxy: { image: 'a/b:v1', in: null } } as unknown as WorkerAppProps['sidecars'];
  expect(shop({ sidecars }).pod.initContainers).toHaveLength(1);
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
