import { manifestsOf } from '../manifests-of.js';
import { diagnosticsOf } from '../diagnostics-of.js';
import type { WorkerAppProps } from '../../src/worker-app/worker-app-props.js';

const SHOP = { name: 'shop', image: 'example.com/shop:v1', workers: 2 };

function shop(props: Partial<WorkerAppProps>) {
  return manifestsOf({ ...SHOP, ...props });
}

describe('labels and annotations', () => {
  const LABELS = { 'app.kubernetes.io/name': 'shop' };

  test('annotations are on every object, and not on the pods', () => {
    const { all, deployment } = shop({ annotations: { 'example.com/a': 'b' }, dashboard: true });
    expect(all.map(({ metadata }) => (metadata as never)['annotations'])).toEqual(
      all.map(() => expect.objectContaining({ 'example.com/a': 'b' })),
    );
    expect(deployment.spec.template.metadata).not.toHaveProperty('annotations');
  });

  test('those of the pods are on the pods alone', () => {
    const { deployment } = shop({ podLabels: { tier: 'web' }, podAnnotations: { 'example.com/a': 'b' } });
    expect(deployment.metadata.labels).not.toHaveProperty('tier');
    expect(deployment.spec.template.metadata).toMatchObject({
      labels: { tier: 'web', ...LABELS },
      annotations: { 'example.com/a': 'b' },
    });
  });

  test('alerts look for the job that a PodMonitor takes from a label of the pods', () => {
    const { all } = shop({
      podLabels: { team: 'payments' },
      metrics: { monitor: 'PodMonitor', jobLabel: 'team' },
      alerts: { workersNotScraped: true },
    });
    const rules = all.find(({ kind }) => kind === 'PrometheusRule');
    expect(JSON.stringify(rules)).toContain('job=\\"payments\\"');
  });

  test('a pod label over a selector label is refused', () => {
    expect(diagnosticsOf({ podLabels: { 'app.kubernetes.io/name': 'other' } })).toEqual([
      'error: podLabels.app.kubernetes.io/name: the Deployment selects its pods by app.kubernetes.io/name: "shop"; remove it',
    ]);
    expect(
      diagnosticsOf({ podLabels: { 'app.kubernetes.io/name': 'other' }, selectorLabels: { app: 'shop' } }),
    ).toEqual([]);
  });

  test('Deployment and Services select the pods by the selector labels', () => {
    const { deployment, service } = shop({ selectorLabels: { app: 'shop' } });
    expect(deployment.spec.selector).toEqual({ matchLabels: { app: 'shop' } });
    expect(service.spec.selector).toEqual({ app: 'shop' });
    expect(deployment.spec.template.metadata.labels).toMatchObject({ app: 'shop', ...LABELS });
  });

  test.each([
    [{ 'prometheus.io/scrape': 'true' }, true],
    [{ 'prometheus.io/scrape': 'true', 'prometheus.io/port': '8001' }, true],
    [{ 'prometheus.io/scrape': 'true', 'prometheus.io/port': '9113' }, false],
    [{ 'prometheus.io/scrape': 'false' }, false],
  ])('%j on the pods is a warning: %s', (podAnnotations, isWarning) => {
    expect(diagnosticsOf({ podAnnotations })).toEqual(
      isWarning
        ? [
            'warning: podAnnotations.prometheus.io/scrape: a Prometheus that scrapes annotated pods scrapes the workers a second time; remove it, or set prometheus.io/port to a port that is no metrics port',
          ]
        : [],
    );
  });
});

test.each<[string, Partial<WorkerAppProps>]>([
  ['service.annotations', { service: { annotations: { 'prometheus.io/scrape': 'true' } } }],
  ['annotations', { annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '8001' } }],
])('%s that have the Service scraped a second time are a warning', (place, props) => {
  expect(diagnosticsOf(props)).toEqual([
    `warning: ${place}.prometheus.io/scrape: a Prometheus that scrapes annotated Services scrapes the workers a second time; remove it, or set prometheus.io/port to a port that is no metrics port`,
  ]);
});
