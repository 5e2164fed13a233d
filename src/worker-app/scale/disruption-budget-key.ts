import type { Manifest } from '../../kubernetes/manifest.js';
import { POD_PERCENTAGE } from '../../kubernetes/pod-share.js';
import { choiceField, wholeNumberOrTextField } from '../../schema/fields.js';
import { unknownKey } from '../../schema/message-with-hint.js';
import { key } from '../../schema/key.js';
import { switchGroup } from '../../schema/key-groups.js';
import { withEffects } from '../key.js';
import { REPLICAS } from '../keys/replicas.js';
import { maybeSeveral, podNumbers, type Scaled } from './pod-numbers.js';

const podsField = () =>
  wholeNumberOrTextField(REPLICAS, POD_PERCENTAGE, 'a number of pods, or a percentage from 0% to 100%').meta({
    description: 'A number of pods, or a percentage of them.',
  });

export const podDisruptionBudget = withEffects(
  switchGroup({
    type: 'DisruptionBudget',
    description:
      'How many pods must stay, or may be missing, while nodes are drained. `true`: the default budget. `false`: none.',
    unset: '`maxUnavailable: 1` with more than one pod, otherwise none',
    default: (_: object, app: Scaled) => maybeSeveral(podNumbers(app)),
    refused: { enabled: unknownKey('write podDisruptionBudget: true or false') },
    keys: {
      minAvailable: key({
        field: () => podsField(),
        description: 'Pods that must stay available: a number, or a percentage (rounded up).',
        unset: '`maxUnavailable` holds',
        example: '50%',
      }),
      maxUnavailable: key({
        field: () => podsField(),
        description: 'Pods that may be unavailable: a number, or a percentage (rounded up).',
        unset: '1 without `minAvailable`',
        default: ({ minAvailable }: { minAvailable: unknown }) =>
          minAvailable === undefined ? 1 : undefined,
        example: 2,
      }),
      unhealthyPodEvictionPolicy: key({
        field: () => choiceField(['AlwaysAllow', 'IfHealthyBudget']),
        description:
          'Whether pods that are not ready count. `AlwaysAllow`: they never keep a node from being drained.',
        default: 'AlwaysAllow',
        example: 'IfHealthyBudget',
      }),
    },
  }),
  {
    objects: (budget, { selector }): Readonly<Record<string, Manifest>> => {
      if (budget === false) return {};
      const { minAvailable, maxUnavailable, unhealthyPodEvictionPolicy } = budget;
      const share = minAvailable === undefined ? { maxUnavailable } : { minAvailable };
      const spec = { ...share, selector: { matchLabels: selector }, unhealthyPodEvictionPolicy };
      return { 'disruption-budget': { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', spec } };
    },
  },
  'deployments',
);
