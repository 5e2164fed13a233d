import { checkManifests } from '../../../src/checks/check-manifests.js';
import { formatDiagnostic } from '../../../src/diagnostics/diagnostic.js';
import { problemsOf, shop, shopWith } from '../../a-worker-app.js';
import { manifestsOf } from '../../manifests-of.js';

const PORTS = { grpc: 9000, admin: { port: 8443, servicePort: 443 } };

test('more ports are in the container and in the Service', () => {
  const { container, service } = manifestsOf(shop({ ports: PORTS, workers: 1 }));
  expect(container.ports).toEqual([
    { name: 'http', containerPort: 8000, protocol: 'TCP' },
    { name: 'grpc', containerPort: 9000, protocol: 'TCP' },
    { name: 'admin', containerPort: 8443, protocol: 'TCP' },
    { name: 'metrics-1', containerPort: 8001, protocol: 'TCP' },
  ]);
  expect(service.spec.ports).toEqual([
    { name: 'http', port: 80, protocol: 'TCP', targetPort: 'http' },
    { name: 'grpc', port: 9000, protocol: 'TCP', targetPort: 'grpc' },
    { name: 'admin', port: 443, protocol: 'TCP', targetPort: 'admin' },
    { name: 'metrics-1', port: 8001, protocol: 'TCP', targetPort: 'metrics-1' },
  ]);
});

test('http.targetPort takes the http traffic of the Service; the probes stay on the application', () => {
  const { container, service } = manifestsOf(
    shop({ ports: { nginx: 8080 }, http: { targetPort: 'nginx', healthPath: '/up' } }),
  );
  expect(service.spec.ports[0]).toEqual({ name: 'http', port: 80, protocol: 'TCP', targetPort: 'nginx' });
  for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe'])
    expect(container[probe].httpGet.port).toBe('http');
});

test.each([
  ['a port of the metrics range', { ports: { grpc: 8002 } }, 'ports.grpc: 8002 is a metrics port (8001-8003); choose a port outside 8001-8003'],
  ['a port of the metrics range, in a map', { ports: { grpc: { port: 8003 } } }, 'ports.grpc.port: 8003 is a metrics port (8001-8003); choose a port outside 8001-8003'],
  ['a Service port of the metrics range', { ports: { grpc: { port: 9000, servicePort: 8001 } } }, 'ports.grpc.servicePort: 8001 is a metrics port (8001-8003), and the Service has the metrics ports too; set ports.grpc.servicePort to another port'],
  ['the Service port of http', { ports: { grpc: 80 } }, 'ports.grpc: the Service has port 80 already, as http; set ports.grpc.servicePort to another port'],
  ['a Service port twice', { ports: { a: 9000, b: { port: 9001, servicePort: 9000 } } }, 'ports.b.servicePort: the Service has port 9000 already, as a; set ports.b.servicePort to another port'],
  ['the name of the http port', { ports: { http: 9000 } }, 'ports.http: http is the port of http.port; set http.port, or choose another name'],
  ['the name of a metrics port', { ports: { 'metrics-7': 9000 } }, 'ports.metrics-7: metrics-7 is the name of a metrics port; choose another name'],
  ['a name that is too long', { ports: { 'a-name-of-sixteen': 9000 } }, 'ports.a-name-of-sixteen: expected a port name (lowercase letters, digits and single "-" between them, a letter somewhere, at most 15 characters), got "a-name-of-sixteen"'],
  ['a port beyond the last', { ports: { grpc: 65_536 } }, 'ports.grpc: expected a whole number from 1 to 65535, got 65536'],
  ["Kubernetes' list", { ports: [{ name: 'grpc', containerPort: 9000 }] }, 'ports: expected a map, got a list; write names as keys: { grpc: 9000 }'],
  ['a target that no container has', { http: { targetPort: 'ngnix' }, ports: { nginx: 8080 } }, 'http.targetPort: "ngnix" is not a port of the pods (http, nginx); did you mean "nginx"?'],
  ['a metrics port as the target', { http: { targetPort: 'metrics-1' } }, 'http.targetPort: expected a port name (lowercase letters, digits and single "-" between them, a letter somewhere, at most 15 characters) that is no metrics port, got "metrics-1"'],
])('%s is refused', (_, props, message) => {
  expect(problemsOf(shopWith(props))).toEqual([message]);
}); // prettier-ignore

test.each([
  ['a Service port of the metrics range, where the Service has no metrics ports', { metrics: { service: 'headless' }, ports: { grpc: { port: 9000, servicePort: 8001 } } }],
  ['the Service port of http, moved', { ports: { web: { port: 80, servicePort: 8080 } } }],
  ['a name that only begins like a metrics port', { ports: { 'metrics-push': 9000 } }],
])('%s is accepted', (_, props) => {
  expect(problemsOf(shopWith(props))).toEqual([]);
}); // prettier-ignore

test('a port that a patch is to add is looked for in the finished pod', () => {
  const found = (containerPort: string) => {
    const patch = { name: 'nginx', image: 'nginx:1', ports: [{ name: containerPort, containerPort: 8080 }] };
    const { all } = manifestsOf(
      shop({
        http: { targetPort: 'nginx' },
        patches: [
          {
            target: { kind: 'Deployment', name: 'shop' },
            json: [{ op: 'add', path: '/spec/template/spec/containers/-', value: patch }],
          },
        ],
      }),
    );
    return checkManifests(all).map(formatDiagnostic);
  };
  expect(found('nginx')).toEqual([]);
  expect(found('other')).toEqual([
    'Service default/shop: spec.ports[0].targetPort: "nginx" is not a port of a container of Deployment default/shop (http, metrics-1, metrics-2, metrics-3, other)',
  ]);
});
