import { createHash } from 'node:crypto';
import type { Dashboard, Panel, RowPanel, VariableModel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Options } from '@grafana/grafana-foundation-sdk/timeseries';
import type { Dataquery } from '@grafana/grafana-foundation-sdk/prometheus';
import { rows, type Panel as Graph, type Query, type ShownApp } from './panels.js';

/** A variable of the dashboard selects the data source, because its name differs between Grafanas. */
const DATASOURCE = { type: 'prometheus', uid: '${datasource}' };

const DATASOURCE_VARIABLE: VariableModel = {
  type: 'datasource' as VariableModel['type'],
  name: 'datasource',
  skipUrlSync: false,
  multi: false,
  allowCustomValue: true,
  includeAll: false,
  auto: false,
  auto_min: '10s',
  auto_count: 30,
  label: 'Data source',
  query: 'prometheus',
};

/** Columns of Grafana's grid. */
const COLUMNS = 24;
const HEIGHT = 8;
const WIDTH = 8;

/** Returns the dashboard as JSON that Grafana can import. */
export function grafanaDashboard(name: string, app: ShownApp): Dashboard {
  const { namespace } = app.target;
  return {
    timezone: 'browser',
    editable: false,
    graphTooltip: 0,
    fiscalYearStartMonth: 0,
    schemaVersion: 42,
    templating: { list: [DATASOURCE_VARIABLE] },
    annotations: {},
    title: `${namespace} / ${name}`,
    uid: createHash('sha256').update(`${namespace}/${name}`).digest('hex').slice(0, 16),
    tags: ['cdk8s-worker-metrics'],
    time: { from: 'now-6h', to: 'now' },
    refresh: '1m',
    panels: panels(app),
  };
}

/** Each row: its title, and below it the graphs from left to right. */
function panels(app: ShownApp): (Panel | RowPanel)[] {
  let y = 0;
  return rows(app).flatMap(({ title, panels: graphs }) => {
    const top = y + 1;
    const row = { type: 'row' as const, collapsed: false, id: 0, panels: [], title };
    const placed = graphs.map((graph, i) => {
      const left = i * WIDTH;
      return timeseries(graph, left % COLUMNS, top + HEIGHT * Math.floor(left / COLUMNS));
    });
    const gridPos = { x: 0, y, h: 1, w: COLUMNS };
    y = top + HEIGHT * Math.ceil((graphs.length * WIDTH) / COLUMNS);
    return [{ ...row, gridPos }, ...placed];
  });
}

/** The SDK has enums for these texts. Only its types are imported: loading it takes longer than a synthesis. */
const OPTIONS = {
  legend: { displayMode: 'list', placement: 'bottom', showLegend: true, calcs: [] },
  tooltip: { mode: 'single', sort: 'asc' },
} as unknown as Options;

function timeseries({ title, description, unit, queries }: Graph, x: number, y: number): Panel {
  return {
    type: 'timeseries',
    transparent: false,
    repeatDirection: 'h',
    options: OPTIONS,
    fieldConfig: { defaults: { custom: {}, unit, min: 0 }, overrides: [] },
    title,
    description,
    gridPos: { h: HEIGHT, w: WIDTH, x, y },
    datasource: DATASOURCE,
    targets: queries.map(query),
  };
}

function query({ expr, legend }: Query, i: number): Dataquery {
  const target: Partial<Dataquery> = {
    expr: String(expr),
    refId: String.fromCodePoint('A'.charCodeAt(0) + i),
    datasource: DATASOURCE,
    legendFormat: legend,
    range: true,
    instant: false,
  };
  return target as Dataquery; // without the mark of the SDK's builders
}
