import { describe, expect, test } from '@jest/globals';
import { checkManifests } from '../../../src/checks/check-manifests.js';
import { scrapeEndpoints } from '../../../src/worker-app/scraping/scrape-endpoints.js';
import type { MonitorKind } from '../../../src/worker-app/worker-app-props.js';
import { MetricsPorts } from '../../../src/worker-app/ports/metrics-ports.js';
import { shop } from '../../a-worker-app.js';
import { manifestsOf } from '../../manifests-of.js';

const CONTAINER = '__meta_kubernetes_pod_container_name';
const PORT = '__meta_kubernetes_pod_container_port_name';
const keep = (label: string, regex: string) => ({ action: 'keep', sourceLabels: [label], regex });
const labelled = { sourceLabels: [PORT], targetLabel: 'endpoint' };

const ports = MetricsPorts.forWorkers(3, 8001);
const single = { endpoints: 'single', interval: '30s' } as const;

test('one endpoint keeps the numbered ports of the container, however many a pod has', () => {
  const [endpoint] = scrapeEndpoints({ ...single, ports, container: 'web' });

  expect(endpoint?.relabelings).toEqual([keep(CONTAINER, 'web'), keep(PORT, 'metrics-[0-9]+'), labelled]);
});

test('without a container it keeps those of any', () => {
  const [endpoint] = scrapeEndpoints({ ...single, ports });

  expect(endpoint?.relabelings).toEqual([keep(PORT, 'metrics-[0-9]+'), labelled]);
});

test('one endpoint for the port of all workers keeps that alone', () => {
  const [endpoint] = scrapeEndpoints({ ...single, ports: MetricsPorts.shared(8001) });

  expect(endpoint?.relabelings).toEqual([keep(PORT, 'metrics'), labelled]);
});

describe.each<[MonitorKind, string]>([
  ['ServiceMonitor', 'endpoints'],
  ['PodMonitor', 'podMetricsEndpoints'],
])('the %s of an application', (monitor, list) => {
  const { all } = manifestsOf(shop({ container: 'web', metrics: { monitor, endpoints: 'single' } }));

  test('scrapes no other container of its pods', () => {
    expect(all.find(({ kind }) => kind === monitor)).toMatchObject({
      spec: { [list]: [{ relabelings: expect.arrayContaining([keep(CONTAINER, 'web')]) as unknown }] },
    });
  });

  test('passes the checks', () => {
    expect(checkManifests(all)).toEqual([]);
  });
});
