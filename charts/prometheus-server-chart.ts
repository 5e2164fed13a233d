import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { PrometheusServer } from '../src/stack/prometheus-server/prometheus-server.js';
import type { PrometheusServerSpec } from '../src/stack/prometheus-server/prometheus-server-spec.js';

/** The objects of a values file of kind PrometheusServer. */
export class PrometheusServerChart extends Chart {
  constructor(scope: Construct, spec: PrometheusServerSpec) {
    super(scope, spec.name, { disableResourceNameHashes: true });
    new PrometheusServer(this, 'server', spec);
  }
}
