import type { Loose } from '../../manifests-of.js';
import { worker } from './process-objects.js';

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
