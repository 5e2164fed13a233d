import { diagnosticsOf } from '../../diagnostics-of.js';
import { shop } from './a-shop.js';

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
