import { App, Chart } from 'cdk8s';
import type { Manifest } from '../src/checks/manifest.js';
import { WorkerApp, type WorkerAppProps } from '../src/index.js';

/** The manifests of an application `shop` with 4 workers. */
export function synthesized(props: Partial<WorkerAppProps>): Manifest[] {
  const chart = new Chart(new App(), 'test', { disableResourceNameHashes: true });
  new WorkerApp(chart, 'app', { name: 'shop', namespace: 'shop', image: 'shop:1.0', workers: 4, ...props });
  return chart.toJson() as Manifest[];
}

export function ofKind(manifests: readonly Manifest[], kind: string): Manifest[] {
  return manifests.filter((manifest) => manifest['kind'] === kind);
}
