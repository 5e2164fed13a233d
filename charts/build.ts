import { ApiObject } from 'cdk8s';
import { PlainApp } from '../src/kubernetes/plain-object.js';
import type { Manifest } from '../src/kubernetes/manifest.js';
import type { Kind } from '../src/values/kinds.js';
import type { Values } from '../src/values/parse-values.js';
import type { Charts } from './kinds.js';

/**
 * Builds the manifests of one document in one environment. Each chart has an App of its own: cdk8s walks the whole App for
 * each chart, which is quadratic for many. Its objects do not depend on each other: they keep their order.
 */
export function buildManifests<K extends Kind>(
  { kind, spec }: Pick<Values<K>, 'kind' | 'spec'>,
  charts: Charts,
) {
  const ChartOfKind = charts[kind];
  if (ChartOfKind === undefined) throw new Error(`no chart is loaded for the kind ${kind}`);
  const chart = new ChartOfKind(new PlainApp(), spec);
  const objects = chart.node.findAll().filter(ApiObject.isApiObject);
  return { manifests: objects.map((object) => object.toJson() as Manifest), userObjects: chart.userObjects };
}
