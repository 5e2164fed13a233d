import { diagnosticsOf } from '../../diagnostics-of.js';
import { WORKER, worker } from './process-objects.js';

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

describe('names', () => {
  const long = 'a'.repeat(40);
  test.each([
    ['too long', { name: long, processes: { [long]: WORKER } }, `error: processes.${long}: its objects would be called ${long}-${long}, with 81 characters, above 63; shorten it, or set processes.${long}.name`],
    ['of the application', { processes: { worker: { ...WORKER, name: 'shop' } } }, 'error: processes.worker.name: shop is the name of the application, too; choose another name'],
    ['of another process', { processes: { a: { ...WORKER, name: 'shop-b' }, b: WORKER } }, 'error: processes.b: shop-b is the name of process a, too; choose another name, or set processes.b.name'],
    ['of the headless Service', { metrics: { service: 'headless' }, processes: { metrics: WORKER } }, 'error: processes.metrics: shop-metrics is the name of the Service of metrics.service, too; choose another name, or set processes.metrics.name'],
    ['reserved', { processes: { web: WORKER } }, 'error: processes.web: web is a reserved name; choose another one'],
  ])('refuses one that is %s', (_, props, message) => {
    expect(diagnosticsOf(props as never)).toEqual([message]);
  }); // prettier-ignore
});
