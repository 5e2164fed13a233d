import { podContainers, type PodContents } from './containers/pod-containers.js';
import type { PodContext } from './key.js';
import { RESTRICTED_CONTAINER, RESTRICTED_POD } from '../kubernetes/restricted-pod.js';
import type { PodPart } from './pod-part.js';
import type { NamedPort } from './ports/application-ports.js';

/** Pod Security 'restricted'; also no API token, and no environment variables for Services. The first part of all pods. */
export const RESTRICTED: PodPart = {
  pod: { automountServiceAccountToken: false, enableServiceLinks: false, securityContext: RESTRICTED_POD },
  container: { securityContext: RESTRICTED_CONTAINER },
};

/** The template of pods. @param parts merged (see `mergeParts`) */
export function podTemplate(
  pods: Pick<PodContext, 'labels' | 'selector'> & PodContents,
  { pod, container, podAnnotations, podLabels, volumes }: Omit<Required<PodPart>, 'deployment'>,
): object {
  // Not spreads: keys after a spread give each object a hidden class of its own in V8, which makes all readers slow.
  const volumeMounts = volumes.flatMap(({ mounts }) => mounts);
  return {
    metadata: {
      labels: Object.assign({}, pods.labels, pods.selector, podLabels),
      annotations: Object.keys(podAnnotations).length > 0 ? podAnnotations : undefined,
    },
    spec: Object.assign({}, pod, podContainers(pods, Object.assign({}, container, { volumeMounts })), {
      volumes: volumes.map(({ volume }) => volume),
    }),
  };
}

/** The ports of a container. */
export function portsPart(ports: readonly NamedPort[]): PodPart {
  return {
    container: {
      ports: ports.map(({ name, number }) => ({ name, containerPort: number, protocol: 'TCP' })),
    },
  };
}
