import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { WorkerApp } from '../src/constructs/worker-app.js';
import type { WorkerAppProps } from '../src/worker-app/worker-app-props.js';

/** What a values file of kind WorkerApp deploys: one application, one manifest file. */
export class WorkerAppChart extends Chart {
  constructor(scope: Construct, props: WorkerAppProps) {
    super(scope, props.name, { disableResourceNameHashes: true });
    new WorkerApp(this, 'app', props);
  }
}
