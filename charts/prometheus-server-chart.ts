import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { PrometheusServer } from '../src/stack/prometheus-server/prometheus-server.js';
import type { PrometheusServerProps } from '../src/stack/prometheus-server/prometheus-server-props.js';

/** What a values file of kind PrometheusServer deploys. */
export class PrometheusServerChart extends Chart {
  constructor(scope: Construct, props: PrometheusServerProps) {
    super(scope, props.name, { disableResourceNameHashes: true });
    new PrometheusServer(this, 'server', props);
  }
}
