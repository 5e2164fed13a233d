import { at, isMap, textAt, type Manifest } from './manifest.js';

/** The path to the pod template in Kubernetes' own kinds. */
const PATHS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    Pod: [],
    Deployment: ['spec', 'template'],
    ReplicaSet: ['spec', 'template'],
    ReplicationController: ['spec', 'template'],
    StatefulSet: ['spec', 'template'],
    DaemonSet: ['spec', 'template'],
    Job: ['spec', 'template'],
    CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  }),
);

/** Other API groups also have a Deployment or a Job. A missing apiVersion matches: checkNames reports it. */
const GROUPS = /^(v1|(apps|batch|extensions)\/.*)?$/;

/** Whether an object is of an API group of Kubernetes that has workloads. */
export function isOfWorkloadGroup(manifest: Manifest): boolean {
  return GROUPS.test(textAt(manifest, 'apiVersion') ?? '');
}

/** The pod template of one of Kubernetes' own workloads, and its path in the object; undefined for other objects. */
export function workloadTemplate(
  manifest: Manifest,
): { readonly path: readonly string[]; readonly template: Manifest } | undefined {
  const path = isOfWorkloadGroup(manifest) ? PATHS.get(textAt(manifest, 'kind') ?? '') : undefined;
  if (path === undefined) return undefined;
  const template = path.length === 0 ? manifest : at(manifest, ...path);
  return { path, template: isMap(template) ? template : {} };
}
