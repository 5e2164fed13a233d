import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { PrometheusServer } from '../src/stack/prometheus-server/prometheus-server.js';
import type { PrometheusServerSpec } from '../src/stack/prometheus-server/prometheus-server-spec.js';
import type { UserObjects } from '../src/user-objects/user-objects.js';

/** The objects of a values file of kind PrometheusServer. */
export class PrometheusServerChart extends Chart {
  readonly userObjects: UserObjects | undefined;

  constructor(scope: Construct, spec: PrometheusServerSpec) {
    super(scope, spec.name, { disableResourceNameHashes: true });
    this.userObjects = new PrometheusServer(this, 'server', spec).userObjects;
  }
}
