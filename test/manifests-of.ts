import { App, Chart } from 'cdk8s';
import type { Manifest } from '../src/kubernetes/manifest.js';
import { WorkerApp } from '../src/worker-app/worker-app.js';
import type { WorkerAppProps } from '../src/worker-app/worker-app-props.js';

/** A manifest whose fields a test may read and change without a cast for each. */
// eslint-disable-next-line typescript/no-explicit-any
export type Loose = any;

export interface ShopManifests {
  readonly all: Manifest[];
  readonly deployment: Loose;
  readonly pod: Loose;
  readonly container: Loose;
  readonly service: Loose;
  readonly monitor: Loose;
}

/** The manifests of an application, in somebody's own chart, as plain objects that a test may change. */
export function manifestsOf(props: WorkerAppProps, chartNamespace?: string): ShopManifests {
  const chart = new Chart(new App(), 'chart', { namespace: chartNamespace });
  new WorkerApp(chart, 'app', props);
  return manifests(structuredClone(chart.toJson()) as Loose[]);
}

export function manifests(all: readonly Loose[]): ShopManifests {
  const [deployment, service, monitor] = ['Deployment', 'Service', 'ServiceMonitor'].map((kind) =>
    all.find((manifest) => manifest.kind === kind),
  );
  const pod = deployment.spec.template.spec;
  return { all: [...all], deployment, pod, container: pod.containers[0], service, monitor };
}
