import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import type * as commonSdk from '@grafana/grafana-foundation-sdk/common';
import type * as dashboardSdk from '@grafana/grafana-foundation-sdk/dashboard';
import type * as prometheusSdk from '@grafana/grafana-foundation-sdk/prometheus';
import type * as timeseriesSdk from '@grafana/grafana-foundation-sdk/timeseries';
import { rows, type Panel, type ShownApp } from './panels.js';

/** A variable of the dashboard selects the data source, because its name differs between Grafanas. */
const DATASOURCE = { type: 'prometheus', uid: '${datasource}' };

const HEIGHT = 8;
const WIDTH = 8;

/** Loads the SDK only when there is a dashboard: it takes longer than the rest of the synthesis. */
const sdk = <Sdk>(part: string) =>
  createRequire(import.meta.url)(`@grafana/grafana-foundation-sdk/${part}`) as Sdk;

/** Returns the dashboard as JSON that Grafana can import. */
export function grafanaDashboard(name: string, app: ShownApp): dashboardSdk.Dashboard {
  const { DashboardBuilder, DatasourceVariableBuilder, RowBuilder } = sdk<typeof dashboardSdk>('dashboard');
  const { namespace } = app.target;
  const builder = new DashboardBuilder(`${namespace} / ${name}`)
    .uid(createHash('sha256').update(`${namespace}/${name}`).digest('hex').slice(0, 16))
    .tags(['cdk8s-worker-metrics'])
    .time({ from: 'now-6h', to: 'now' })
    .refresh('1m')
    .timezone('browser')
    .readonly()
    .withVariable(new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'));
  for (const { title, panels } of rows(app)) {
    builder.withRow(new RowBuilder(title));
    for (const panel of panels) builder.withPanel(timeseries(panel));
  }
  return builder.build();
}

function timeseries({ title, description, unit, queries }: Panel): timeseriesSdk.PanelBuilder {
  const { PanelBuilder } = sdk<typeof timeseriesSdk>('timeseries');
  const { DataqueryBuilder } = sdk<typeof prometheusSdk>('prometheus');
  const { LegendDisplayMode, LegendPlacement, VizLegendOptionsBuilder } = sdk<typeof commonSdk>('common');
  const builder = new PanelBuilder()
    .title(title)
    .description(description)
    .unit(unit)
    .min(0)
    .height(HEIGHT)
    .span(WIDTH)
    .legend(
      new VizLegendOptionsBuilder()
        .showLegend(true)
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom),
    )
    .datasource(DATASOURCE);
  for (const [i, { expr, legend }] of queries.entries()) {
    const refId = String.fromCodePoint('A'.charCodeAt(0) + i);
    builder.withTarget(
      new DataqueryBuilder()
        .refId(refId)
        .datasource(DATASOURCE)
        .expr(String(expr))
        .legendFormat(legend)
        .range(),
    );
  }
  return builder;
}
