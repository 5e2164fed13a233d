import { RESTRICTED_CONTAINER, RESTRICTED_POD } from '../../kubernetes/restricted-pod.js';
import type { Carrying } from './carry.js';
import { over } from './over.js';

/** The user and the security contexts of the chart, which may have fewer restrictions than our defaults. */
export function carrySecurity({ release: { pod, container }, draft }: Carrying): void {
  const [ofPod, ofContainer] = [pod.at('securityContext'), container.at('securityContext')];
  const user = ofPod.at('runAsUser');
  const isUser = typeof user.value === 'number' && user.value > 0;
  draft.put(['runAsUser'], isUser ? user.value : null, isUser ? user : undefined);
  const ours = { ...RESTRICTED_POD, ...(isUser && { runAsUser: user.value, runAsGroup: user.value }) };
  draft.put(['podSecurityContext'], over(ours, ofPod.map), ofPod);
  draft.put(
    ['containerSecurityContext'],
    over(RESTRICTED_CONTAINER as object as Record<string, unknown>, ofContainer.map),
    ofContainer,
  );
}
