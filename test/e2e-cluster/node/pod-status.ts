import { at, listAt, textAt } from '../../../src/kubernetes/manifest.js';
import type { PodFacts } from './pod-facts.js';

/** The status of a running pod. @param isReady whether its container with this index is ready */
export function podStatus(pod: PodFacts, isReady: (container: number) => boolean): object {
  const now = new Date().toISOString();
  const containers = listAt(pod.spec, 'containers');
  const areReady = containers.every((_, i) => isReady(i));
  const condition = (type: string, holds: boolean) => ({
    type,
    status: holds ? 'True' : 'False',
    lastTransitionTime: now,
  });
  return {
    phase: 'Running',
    podIP: pod.address,
    podIPs: [{ ip: pod.address }],
    startTime: at(pod.object, 'metadata', 'creationTimestamp'),
    conditions: [
      condition('PodScheduled', true),
      condition('Initialized', true),
      condition('ContainersReady', areReady),
      condition('Ready', areReady),
    ],
    containerStatuses: containers.map((container, i) => ({
      name: textAt(container, 'name'),
      image: textAt(container, 'image'),
      imageID: textAt(container, 'image'),
      ready: isReady(i),
      started: true,
      restartCount: 0,
      state: { running: { startedAt: now } },
    })),
  };
}

/** The status of a pod of a job that has ended. */
export function endedStatus(pod: PodFacts, isDone: boolean): object {
  const phase = isDone ? 'Succeeded' : 'Failed';
  return { phase, podIP: pod.address, podIPs: [{ ip: pod.address }] };
}
