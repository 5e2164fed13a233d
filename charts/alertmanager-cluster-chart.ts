import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { AlertmanagerClusterSpec } from '../src/stack/alertmanager/alertmanager-cluster-spec.js';
import { AlertmanagerCluster } from '../src/stack/alertmanager/alertmanager-cluster.js';
import type { UserObjects } from '../src/user-objects/user-objects.js';

/** The objects of a values file of kind AlertmanagerCluster. */
export class AlertmanagerClusterChart extends Chart {
  readonly userObjects: UserObjects | undefined;

  constructor(scope: Construct, spec: AlertmanagerClusterSpec) {
    super(scope, spec.name, { disableResourceNameHashes: true });
    this.userObjects = new AlertmanagerCluster(this, 'cluster', spec).userObjects;
  }
}
