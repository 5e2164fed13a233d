import { at, isMap, textAt, type Manifest } from '../../kubernetes/manifest.js';
import { isOfWorkloadGroup, workloadTemplate } from '../../kubernetes/workload-template.js';

/** A pod template of an object. */
export interface PodTemplate {
  /** Field in the object: `spec.template`; empty for a Pod. */
  readonly field: string;
  /** Contains `metadata` and `spec`. */
  readonly template: Manifest;
}

/** API groups whose objects may contain a pod template, but create no pods, or pods that `operatedPod` knows. */
const WITHOUT_PODS =
  /(^|\.)k8s\.io\/|^(policy|autoscaling)\/|^(kyverno|templates\.gatekeeper|bitnami|monitoring\.coreos)\./;

/** Maximum depth of a pod template. A JobSet needs 5: `spec.replicatedJobs[0].template.spec.template`. */
const DEEPEST = 8;

/** Returns the pod templates of an object: usually one, several for a LeaderWorkerSet or a RayCluster. */
export function podTemplates(manifest: Manifest): PodTemplate[] {
  if (!isOfWorkloadGroup(manifest))
    return WITHOUT_PODS.test(textAt(manifest, 'apiVersion') ?? '') ? [] : search(manifest);
  const found = workloadTemplate(manifest);
  return found === undefined ? [] : [{ field: found.path.join('.'), template: found.template }];
}

/** Whether an object is one of Kubernetes' own workloads. The API server validates them. */
export function isKubernetesWorkload(manifest: Manifest): boolean {
  return workloadTemplate(manifest) !== undefined;
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
