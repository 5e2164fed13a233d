import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { AlertmanagerClusterProps } from '../src/stack/alertmanager/alertmanager-cluster-props.js';
import { AlertmanagerCluster } from '../src/stack/alertmanager/alertmanager-cluster.js';

/** What a values file of kind AlertmanagerCluster deploys. */
export class AlertmanagerClusterChart extends Chart {
  constructor(scope: Construct, props: AlertmanagerClusterProps) {
    super(scope, props.name, { disableResourceNameHashes: true });
    new AlertmanagerCluster(this, 'cluster', props);
  }
}
