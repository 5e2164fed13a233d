import type { Manifest } from '../../src/kubernetes/manifest.js';
import {
  diagnostics,
  podMonitor,
  reasons,
  service,
  serviceMonitor,
  workload,
} from './manifests-of-others.js';

describe('a Service of type ExternalName', () => {
  const external = {
    ...service,
    spec: { ...(service['spec'] as object), type: 'ExternalName', externalName: 'a.example.com' },
  };

  test('gets no endpoints, whatever its selector says', () => {
    expect(diagnostics(external, workload(), serviceMonitor({ endpoints: [{ port: 'metrics-1' }] }))[0]).toBe(
      'ServiceMonitor shop/web: spec.endpoints[0]: Service shop/web is of type ExternalName: it has no endpoints, and its selector is not used; remove the type, or scrape it with a ScrapeConfig',
    );
  });

  test('is passed over beside another Service with its labels', () => {
    const other = { ...service, metadata: { ...(service['metadata'] as object), name: 'web-2' } };
    expect(diagnostics(external, other, workload(), serviceMonitor({}))).toEqual([]);
  });

  test('is nothing to a PodMonitor', () => {
    expect(diagnostics(external, workload(), podMonitor({}))).toEqual([]);
  });
});

describe('a Service without a selector', () => {
  const bare = { ...service, spec: { ports: [{ name: 'metrics-1', port: 9001 }] } };
  const monitor = serviceMonitor({ endpoints: [{ port: 'metrics-1' }] });
  const endpoints = (port: object): Manifest => ({
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name: 'web', namespace: 'shop' },
    subsets: [{ addresses: [{ ip: '10.0.0.1' }], ports: [port] }],
  });
  const slice = (name: string): Manifest => ({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'web-1', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'web' } },
    ports: [{ name, port: 9001 }],
  });

  test.each([
    ['Endpoints', endpoints({ name: 'metrics-1', port: 9001 }), 'the addresses in Endpoints shop/web'],
    ['an EndpointSlice', slice('metrics-1'), 'the addresses in EndpointSlice shop/web-1'],
  ])('leads to the addresses in %s', (_, manual, reason) => {
    expect(diagnostics(bare, manual, monitor)).toEqual([]);
    expect(reasons(bare, manual, monitor)).toEqual([[true, true, reason]]);
  });

  test.each([
    ['of another name', endpoints({ name: 'http', port: 9001 }), 'Endpoints shop/web', 'http'],
    ['without a name', endpoints({ port: 9001 }), 'Endpoints shop/web', '(no name)'],
    ['of another name in a slice', slice('http'), 'EndpointSlice shop/web-1', 'http'],
  ])('leads nowhere where they have a port %s', (_, manual, object, names) => {
    expect(diagnostics(bare, manual, monitor)).toEqual([
      `ServiceMonitor shop/web: spec.endpoints[0].port: metrics-1 is not a port of ${object}, where the addresses of Service shop/web are (ports: ${names})`,
    ]);
  });
});

test('a Service port without a name is named by its number, with the fix', () => {
  const unnamed = {
    ...service,
    spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http' }] },
  };
  expect(diagnostics(unnamed, workload(), serviceMonitor({ endpoints: [{ port: 'http' }] }))).toContain(
    'ServiceMonitor shop/web: spec.endpoints[0].port: "http" is not a port of Service shop/web (80 without a name); give the port the name http',
  );
});
