import { manifestsOf } from '../manifests-of.js';
import { shop } from '../a-worker-app.js';

const MULTIPROCESS = { metrics: { strategy: 'multiprocess' } } as const;

const volumeOf = (workers: number) =>
  manifestsOf(shop({ workers, ...MULTIPROCESS })).pod.volumes.find(
    ({ name }: { name: string }) => name === 'multiprocess-metrics',
  );

test('the sums of all workers have one port, and a folder in memory that a variable of the application names', () => {
  const { container, service, monitor } = manifestsOf(shop(MULTIPROCESS));

  expect(container.ports.slice(1)).toEqual([{ name: 'metrics', containerPort: 8001, protocol: 'TCP' }]);
  expect(service.spec.ports.map(({ name }: { name: string }) => name)).toEqual(['http', 'metrics']);
  expect(monitor.spec.endpoints).toEqual([{ port: 'metrics', interval: '30s' }]);
  expect(container.env).toContainEqual({
    name: 'PROMETHEUS_MULTIPROC_DIR',
    value: container.volumeMounts.find(({ name }: { name: string }) => name === 'multiprocess-metrics')
      .mountPath,
  });
});

test.each([
  [1, '32Mi'],
  [5, '96Mi'],
  [100, '1616Mi'],
])('the folder of %i workers may hold %s', (workers, sizeLimit) => {
  expect(volumeOf(workers).emptyDir).toEqual({ medium: 'Memory', sizeLimit });
});
