import { Quantity } from '../../kubernetes/quantity.js';
import { keysOf } from '../key.js';
import { APPLICATION_KEYS } from '../keys/application-keys.js';
import { podContainer } from '../keys/container.js';
import { podEnv } from '../keys/env.js';
import { podResources } from '../keys/resources.js';
import { inheritedKeys } from './inherited-keys.js';

/** The keys that processes and jobs inherit, as the application has them. */
export const INHERITED_KEYS = keysOf(APPLICATION_KEYS, 'inherited');

/** Keys of all pods that have another default, or other words, in processes and jobs. */
export const CHANGED_KEYS = {
  ...inheritedKeys({ ...INHERITED_KEYS, env: podEnv }),
  container: podContainer,
  resources: podResources({
    unset: 'requests of 100m CPU and 256Mi memory; a memory limit of twice the memory request; no CPU limit',
    requests: () => ({ cpu: Quantity.millicpu(100), memory: Quantity.mebibytes(256) }),
  }),
};
