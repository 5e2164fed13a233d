import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { PodContents } from './containers/pod-containers.js';
import type { PodContext } from './key.js';
import { mergeParts, type PodPart } from './pod-part.js';
import { podTemplate, RESTRICTED } from './pod-template.js';
import { PlainObject } from '../kubernetes/plain-object.js';

/** The pods of a Deployment, without the fields of its parts. */
interface DeployedPods extends Pick<PodContext, 'name' | 'namespace' | 'labels' | 'selector'>, PodContents {
  /** Null: another scaler sets it. */
  readonly replicas: number | null;
}

/** Old ReplicaSets that are kept for `kubectl rollout undo`. */
const DEFAULTS: PodPart = { deployment: { revisionHistoryLimit: 10 } };

/**
 * Adds a Deployment. Its pods pass Pod Security 'restricted'.
 *
 * @param parts the fields of the Deployment and its pods, the later over the earlier
 */
export function podDeployment(scope: Construct, pods: DeployedPods, parts: readonly PodPart[]): ApiObject {
  const { name, namespace, labels, selector, replicas } = pods;
  const { deployment, ...template } = mergeParts([DEFAULTS, RESTRICTED, ...parts]);
  return new PlainObject(scope, 'deployment', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels: { ...labels } },
    spec: {
      replicas: replicas ?? undefined,
      selector: { matchLabels: selector },
      ...deployment,
      template: podTemplate(pods, template),
    },
  });
}
