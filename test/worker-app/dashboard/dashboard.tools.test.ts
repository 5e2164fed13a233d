import { describe, expect, test } from '@jest/globals';
import { textAt, textsAt, type Manifest } from '../../../src/kubernetes/manifest.js';
import type { WorkerAppProps } from '../../../src/index.js';
import { checkRules } from '../alerts/promtool.js';
import { ofKind, synthesized } from '../../synthesized.js';

interface Panel {
  readonly title: string;
  readonly type: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly datasource?: { readonly uid: string };
  readonly targets?: readonly {
    readonly expr: string;
    readonly refId: string;
    readonly datasource: { readonly uid: string };
  }[];
}

const configMap = (props: Partial<WorkerAppProps>): Manifest | undefined =>
  ofKind(synthesized(props), 'ConfigMap').find(
    ({ metadata }) => textAt(metadata, 'name') === 'shop-dashboard',
  );

/** The dashboards of an application, by the names of their files. */
const files = (props: Partial<WorkerAppProps> = {}) =>
  textsAt(configMap({ dashboard: true, ...props }), 'data');

function dashboard(props: Partial<WorkerAppProps> = {}) {
  const [file = ''] = Object.values(files(props));
  return JSON.parse(file) as {
    uid: string;
    title: string;
    panels: Panel[];
    templating: { list: { name: string; type: string }[] };
  };
}

const graphs = (props?: Partial<WorkerAppProps>) =>
  dashboard(props).panels.filter(({ type }) => type !== 'row');

test('is a ConfigMap that the sidecar picks up, with the labels of the application', () => {
  expect(configMap({ dashboard: true, labels: { team: 'a' } })).toMatchObject({
    metadata: {
      name: 'shop-dashboard',
      namespace: 'shop',
      labels: { grafana_dashboard: '1', team: 'a', 'app.kubernetes.io/name': 'shop' },
    },
  });
});

test.each([{}, { dashboard: false }, { alerts: true }])('is not there with %j', (props) => {
  expect(configMap(props)).toBeUndefined();
});

test('shows requests, errors, latency, and each worker', () => {
  expect(graphs().map(({ title }) => title)).toEqual([
    'Requests',
    'Errors',
    'Latency',
    'Workers scraped',
    'Requests by worker',
    'Memory by worker',
    'Memory by pod',
    'Restarts by worker',
  ]);
});

test('shows the sums of all workers in multiprocess mode', () => {
  expect(graphs({ metrics: { strategy: 'multiprocess' } }).map(({ title }) => title)).toEqual([
    'Requests',
    'Errors',
    'Latency',
    'Pods scraped',
  ]);
});

describe('each panel', () => {
  test.each(graphs())(
    '$title asks the chosen data source what promtool can read',
    ({ datasource, targets = [] }) => {
      expect(
        [datasource, ...targets.map((target) => target.datasource)].map((source) => source?.uid),
      ).toEqual(Array.from({ length: targets.length + 1 }, () => '${datasource}'));
      const rules = targets.map(({ expr, refId }) => ({ record: `x:${refId}`, expr }));
      expect(checkRules([{ kind: 'PrometheusRule', spec: { groups: [{ name: 'x', rules }] } }])).toBe('');
      for (const { expr } of targets) expect(expr).toContain('namespace="shop",job="shop"');
    },
  );

  test('has a place of its own', () => {
    const taken = dashboard().panels.map(({ gridPos: { x, y } }) => `${x},${y}`);

    expect(new Set(taken).size).toBe(taken.length);
  });
});

test('each query asks for the targets with the fixed labels', () => {
  const shown = graphs({ metrics: { labels: { cluster: 'dev' } } });

  for (const { expr } of shown.flatMap(({ targets = [] }) => targets))
    expect(expr).toContain('namespace="shop",job="shop",cluster="dev"');
});

test('two applications of one name in two namespaces are two dashboards', () => {
  const one = dashboard();
  const other = dashboard({ namespace: 'other' });

  expect(one.uid).not.toBe(other.uid);
  expect(one.title).not.toBe(other.title);
  expect(one).toEqual(dashboard());
});

test('and two files, as the sidecar keeps those of all namespaces in one folder', () => {
  expect(Object.keys(files())).toEqual(['shop.shop.json']);
  expect(Object.keys(files({ namespace: 'other' }))).toEqual(['other.shop.json']);
});

test('lets its reader choose the data source', () => {
  expect(dashboard().templating.list).toMatchObject([{ name: 'datasource', type: 'datasource' }]);
});
