import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { WorkerApp } from '../src/worker-app/worker-app.js';
import type { WorkerAppSpec } from '../src/worker-app/worker-app-spec.js';

/** The objects of a values file of kind WorkerApp: one application, one manifest file. */
export class WorkerAppChart extends Chart {
  constructor(scope: Construct, spec: WorkerAppSpec) {
    super(scope, spec.name, { disableResourceNameHashes: true });
    new WorkerApp(this, 'app', spec);
  }
}
