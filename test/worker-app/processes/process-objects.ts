import type { WorkerAppProcess, WorkerAppProps } from '../../../src/worker-app/worker-app-props.js';
import { manifestsOf, type Loose } from '../../manifests-of.js';

export const SHOP = { name: 'shop', image: 'example.com/shop:v1', workers: 2 };
export const WORKER = { command: ['celery', '-A', 'shop', 'worker'] };
export const BEAT = { command: ['celery', '-A', 'shop', 'beat', '--schedule=/tmp/beat'] };

/** The objects of an application, found by kind and name. */
export function objects(props: Partial<WorkerAppProps>) {
  const all = manifestsOf({ ...SHOP, ...props }).all as Loose[];
  const find = (kind: string, name: string): Loose =>
    all.find((one) => one.kind === kind && one.metadata.name === name);
  const pod = (name: string): Loose => find('Deployment', name)?.spec.template.spec;
  return { all, find, pod, container: (name: string): Loose => pod(name).containers[0] };
}

/** The process `worker` of an application. */
export function worker(process: WorkerAppProcess, props: Partial<WorkerAppProps> = {}) {
  return objects({ ...props, processes: { worker: { ...WORKER, ...process } } });
}
