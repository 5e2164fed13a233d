import { App, Chart } from 'cdk8s';
import type { Manifest } from '../../kubernetes/manifest.js';
import type { WorkerAppProps } from '../../worker-app/worker-app-props.js';
import { WorkerApp } from '../../worker-app/worker-app.js';

/** The objects that a WorkerApp makes. @throws InvalidPropsError */
export function ourObjects(values: WorkerAppProps): Manifest[] {
  const chart = new Chart(new App(), 'import-helm', { disableResourceNameHashes: true });
  new WorkerApp(chart, 'app', values);
  return chart.toJson() as Manifest[];
}
