import { choiceField, wholeNumberField } from '../../schema/fields.js';
import { key } from '../../schema/key.js';
import { shapeField } from '../../schema/shape-field.js';
import type { PodFailurePolicy } from '../../kubernetes-shapes/types.js';
import { keysOf } from '../key.js';
import { APPLICATION_KEYS } from '../keys/application-keys.js';
import { CHANGED_KEYS } from '../processes/pod-keys.js';

const COUNT = { min: 0, max: 2 ** 31 - 1 };
const count = () => wholeNumberField(COUNT);

/** The keys of the pods of a job, in the order of the application's. */
export const JOB_POD_KEYS = { ...keysOf(APPLICATION_KEYS, 'pods', 'inherited'), ...CHANGED_KEYS };

/** The values by which defaults of pods depend on their number. */
export const ONE_POD = { replicas: 1 };

/** The fields of JobSpec. */
export const JOB_SPEC_KEYS = {
  activeDeadlineSeconds: key({
    field: () => wholeNumberField({ ...COUNT, min: 1 }),
    description: 'Seconds after which Kubernetes ends a job that still runs. It then counts as failed.',
    unset: 'no limit',
    example: 3600,
  }),
  backoffLimit: key({
    field: count,
    description: 'How often Kubernetes starts another pod after one that failed.',
    unset: "Kubernetes' default: 6",
    example: 2,
  }),
  backoffLimitPerIndex: key({
    field: count,
    description: 'The same for each index of `completionMode: Indexed`. Kubernetes 1.29 or later.',
    unset: '`backoffLimit` holds for all together',
    example: 1,
    needs: { completionMode: 'Indexed', completions: 3 },
  }),
  maxFailedIndexes: key({
    field: count,
    description: 'Number of failed indexes after which the job fails. Needs `backoffLimitPerIndex`.',
    unset: 'all indexes run',
    example: 2,
    needs: { completionMode: 'Indexed', completions: 3, backoffLimitPerIndex: 1 },
  }),
  completionMode: key({
    field: () => choiceField(['NonIndexed', 'Indexed']),
    description: 'With `Indexed`, each pod gets a number in JOB_COMPLETION_INDEX.',
    unset: "Kubernetes' default: NonIndexed",
    example: 'Indexed',
    needs: { completions: 3 },
  }),
  completions: key({
    field: count,
    description: 'Number of pods that must succeed.',
    unset: "Kubernetes' default: 1",
    example: 3,
  }),
  parallelism: key({
    field: count,
    description: 'The most pods that run at the same time.',
    unset: "Kubernetes' default: 1",
    example: 2,
  }),
  podFailurePolicy: key({
    field: () => shapeField<PodFailurePolicy>('PodFailurePolicy'),
    description: 'What Kubernetes does after a pod that failed, by its exit code or condition.',
    unset: '`backoffLimit` holds',
    example: {
      rules: [
        {
          action: 'Ignore',
          onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }],
        },
      ],
    },
  }),
  podReplacementPolicy: key({
    field: () => choiceField(['TerminatingOrFailed', 'Failed']),
    description:
      'When a pod that ends is replaced: as soon as it terminates, or when it has failed. Kubernetes 1.29 or later.',
    unset: "Kubernetes' default",
    example: 'Failed',
  }),
  ttlSecondsAfterFinished: key({
    field: count,
    description: 'Seconds after which Kubernetes deletes a job that has ended.',
    unset: 'it is kept',
    example: 86_400,
  }),
};
