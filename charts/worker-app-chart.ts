import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { WorkerApp } from '../src/worker-app/worker-app.js';
import type { UserObjects } from '../src/user-objects/user-objects.js';
import type { WorkerAppSpec } from '../src/worker-app/worker-app-spec.js';

/** The objects of a values file of kind WorkerApp: one application, one manifest file. */
export class WorkerAppChart extends Chart {
  readonly userObjects: UserObjects | undefined;

  constructor(scope: Construct, spec: WorkerAppSpec) {
    // Not the name of the application: V8 makes and keeps a layout of the parent for each new id.
    super(scope, 'chart', { disableResourceNameHashes: true });
    this.userObjects = new WorkerApp(this, 'app', spec).userObjects;
  }
}
