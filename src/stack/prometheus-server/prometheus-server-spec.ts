import { appLabels, type AppLabels } from '../../kubernetes/app-labels.js';
import { PROMETHEUS_COMPONENT } from '../../kubernetes/prometheus-pods.js';
import { Specs } from '../../schema/specs.js';
import type { CheckedPrometheusServer } from './checked-prometheus-server.js';
import type { ResolvedPrometheusServer } from './prometheus-server-keys.js';

/** A PrometheusServer with every default and every computed value. The constructs are built from it. */
export interface PrometheusServerSpec extends AppLabels, CheckedPrometheusServer, ResolvedPrometheusServer {}

/** All specs that this function has created. */
export const PROMETHEUS_SERVER_SPECS = new Specs<PrometheusServerSpec>();

/** @param app checked values (see `checkPrometheusServer`) */
export function prometheusServerSpec(app: ResolvedPrometheusServer): PrometheusServerSpec {
  return PROMETHEUS_SERVER_SPECS.add({ ...app, ...appLabels({ ...app, labels: PROMETHEUS_COMPONENT }) });
}
