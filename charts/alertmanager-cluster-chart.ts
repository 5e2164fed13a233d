import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { AlertmanagerClusterSpec } from '../src/stack/alertmanager/alertmanager-cluster-spec.js';
import { AlertmanagerCluster } from '../src/stack/alertmanager/alertmanager-cluster.js';

/** The objects of a values file of kind AlertmanagerCluster. */
export class AlertmanagerClusterChart extends Chart {
  constructor(scope: Construct, spec: AlertmanagerClusterSpec) {
    super(scope, spec.name, { disableResourceNameHashes: true });
    new AlertmanagerCluster(this, 'cluster', spec);
  }
}
