import { application, pageOf } from './manifests.js';
import { attributeOf, elements, elementsOf, textOf } from './page-reader.js';
import type { Manifest } from '../../src/kubernetes/manifest.js';

describe('the drawing', () => {
  test('folds the paths of equal workers into one row, with the numbers on focus', () => {
    const html = pageOf(...application('shop', { workers: 5 }));
    expect(rows(html)).toEqual([
      '✓ ok | ServiceMonitor shop metrics-1…5 | Service shop metrics-1…5 5001…5005 | Deployment × 3 shop metrics-1…5 5001…5005 | container django worker 1…5',
    ]);
    expect(numbers(html)).toEqual([
      'ServiceMonitor shop/shop spec.endpoints[0…4] every 15s Service shop/shop port metrics-1…5 5001…5005 Deployment shop/shop container django port metrics-1…5 5001…5005 container django METRICS_START_PORT=5001 WEB_CONCURRENCY=5',
    ]);
    const [row] = elements(html, 'tr', 'ok');
    expect(row && attributeOf(row, 'tabindex')).toBe('0');
    const described = elementsOf(html).filter((one) => attributeOf(one, 'id') === (row && attributeOf(row, 'aria-describedby')));
    expect(described).toHaveLength(1);
  }); // prettier-ignore

  test('marks a cut wire in the row that has both of its ends', () => {
    const targetPort = (worker: number) => (worker === 2 ? 'metric-2' : `metrics-${worker}`);
    const html = pageOf(...application('shop', { workers: 3, targetPort }));
    expect(rows(html)).toEqual([
      '✓ ok | ServiceMonitor shop metrics-1 | Service shop metrics-1 5001 | Deployment × 3 shop metrics-1 5001 | container django worker 1',
      '✕ broken | metrics-2 | metrics-2 5002 | metrics-2 5002 | worker 2',
      '✓ ok | metrics-3 | metrics-3 5003 | metrics-3 5003 | worker 3',
    ]);
    expect(cut(html)).toEqual(['metrics-2 5002']);
    expect(numbers(html)[1]).toMatch(/^broken: no container has this port/);
  });

  test('names the missing object in words, not only by colour', () => {
    const html = pageOf(...application('shop', { endpoints: ['metrics-1'] }));
    expect(rows(html)[1]).toBe('✕ broken | none |  | metrics-2 5002 | worker 2');
    expect(numbers(html)[1]).toMatch(/^broken: no monitor scrapes this port/);
  });

  test('marks the workers if the application has other numbers', () => {
    const env = [{ name: 'METRICS_START_PORT', value: '5001' }, { name: 'WEB_CONCURRENCY', value: '1' }];
    expect(cut(pageOf(...application('shop', { env })))).toEqual(['worker 2']);
  }); // prettier-ignore

  test('passes over the Service of a PodMonitor', () => {
    const [deployment, , monitor] = application('shop');
    const { endpoints, selector } = monitor['spec'] as Record<string, unknown>;
    const podMonitor = { ...monitor, kind: 'PodMonitor', spec: { selector, podMetricsEndpoints: endpoints } };
    expect(rows(pageOf(deployment, podMonitor))).toEqual([
      '✓ ok | PodMonitor shop metrics-1…2 |  | Deployment × 3 shop metrics-1…2 5001…5002 | container django worker 1…2',
    ]);
  });

  test('shows where the manifests end, and does not call that ok', () => {
    const [, service, monitor] = application('etcd');
    const html = pageOf(
      { ...service, spec: { ...(service['spec'] as object), selector: undefined } },
      monitor,
    );
    expect(rows(html)[0]).toMatch(
      /^\? unseen \| .* \| not in the manifests: the Service selects no pods \| $/,
    );
    expect(elements(html, 'article').map((one) => attributeOf(one, 'data-status'))).toEqual(['undecided']);
  });

  test('counts the workers that are scraped', () => {
    expect(pageOf(...application('shop', { workers: 5 }))).toContain(
      '5 workers in each of 3 pods are scraped.',
    );
    const broken = pageOf(...application('shop', { workers: 5, endpoints: ['metrics-1'] }));
    expect(broken).toContain('1 of 5 workers in each of 3 pods is scraped.');
  });

  test('shows the most pods that an autoscaler makes', () => {
    const scaler = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'shop', namespace: 'shop' }, spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' }, minReplicas: 2, maxReplicas: 9 } };
    expect(rows(pageOf(...application('shop'), scaler as Manifest))[0]).toContain('Deployment × 9');
  }); // prettier-ignore
});

/** The text of each row: the state, then the parts. */
function rows(html: string): string[] {
  return elements(html, 'tr')
    .filter((one) => attributeOf(one, 'tabindex') !== undefined)
    .map((row) => elementsIn(row).join(' | '));
}

function elementsIn(row: ReturnType<typeof elements>[number]): string[] {
  return row.childNodes.flatMap((cell) => {
    if (cell.nodeName === 'th') {
      const [text] = cell.childNodes as { value?: string }[];
      return [(text?.value ?? '').trim()];
    }
    return cell.nodeName === 'td' ? [textOf(cell)] : [];
  });
}

function numbers(html: string): string[] {
  return elements(html, 'div', 'numbers').map(textOf);
}

/** The cells whose wire is cut. */
function cut(html: string): string[] {
  return elements(html, 'td', 'cut').map(textOf);
}
