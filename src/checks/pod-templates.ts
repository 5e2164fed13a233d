import { at, isMap, textAt, type Manifest } from '../kubernetes/manifest.js';

/** A pod template of an object. */
export interface PodTemplate {
  /** Field in the object: `spec.template`; empty for a Pod. */
  readonly field: string;
  /** Contains `metadata` and `spec`. */
  readonly template: Manifest;
}

/** The path to the pod template in Kubernetes' own kinds. */
const OF_KUBERNETES: ReadonlyMap<string, readonly string[]> = new Map(
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
const GROUPS_OF_KUBERNETES = /^(v1|(apps|batch|extensions)\/.*)?$/;

/** API groups whose objects may contain a pod template, but create no pods, or pods that `operatedPod` knows. */
const WITHOUT_PODS =
  /(^|\.)k8s\.io\/|^(policy|autoscaling)\/|^(kyverno|templates\.gatekeeper|bitnami|monitoring\.coreos)\./;

/** Maximum depth of a pod template. A JobSet needs 5: `spec.replicatedJobs[0].template.spec.template`. */
const DEEPEST = 8;

/** Returns the pod templates of an object: usually one, several for a LeaderWorkerSet or a RayCluster. */
export function podTemplates(manifest: Manifest): PodTemplate[] {
  const apiVersion = textAt(manifest, 'apiVersion') ?? '';
  if (!GROUPS_OF_KUBERNETES.test(apiVersion)) return WITHOUT_PODS.test(apiVersion) ? [] : search(manifest);
  const path = OF_KUBERNETES.get(textAt(manifest, 'kind') ?? '');
  if (path === undefined) return [];
  const template = path.length === 0 ? manifest : at(manifest, ...path);
  return [{ field: path.join('.'), template: isMap(template) ? template : {} }];
}

/** Whether an object is one of Kubernetes' own workloads. The API server validates them. */
export function isKubernetesWorkload(manifest: Manifest): boolean {
  return (
    GROUPS_OF_KUBERNETES.test(textAt(manifest, 'apiVersion') ?? '') &&
    OF_KUBERNETES.has(textAt(manifest, 'kind') ?? '')
  );
}

/** Finds the pod templates of other controllers, for example Argo's Rollout: every map with `spec.containers`. */
function search(manifest: Manifest): PodTemplate[] {
  const found: PodTemplate[] = [];
  const visit = (value: unknown, field: string, depth: number): void => {
    if (depth > DEEPEST) return;
    if (Array.isArray(value)) {
      for (const [i, item] of value.entries()) visit(item, `${field}[${i}]`, depth);
      return;
    }
    if (!isMap(value)) return;
    if (value['apiVersion'] !== undefined && value['kind'] !== undefined) return; // a whole object within another
    if (isPodTemplate(value)) found.push({ field, template: value });
    else for (const [key, inner] of Object.entries(value)) visit(inner, `${field}.${key}`, depth + 1);
  };
  visit(manifest['spec'], 'spec', 1);
  return found;
}

function isPodTemplate(value: Manifest): boolean {
  const containers = at(value, 'spec', 'containers');
  return Array.isArray(containers) && containers.length > 0 && containers.every(isMap);
}
