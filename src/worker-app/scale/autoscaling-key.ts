import type { HorizontalPodAutoscalerBehavior, MetricSpec } from '../../kubernetes-shapes/types.js';
import { Quantity, QUANTITY } from '../../kubernetes/quantity.js';
import { matches, type TextFormat } from '../../kubernetes/text-formats.js';
import { wholeNumberField, wholeNumberOrTextField } from '../../schema/fields.js';
import { unknownKey } from '../../schema/message-with-hint.js';
import { group } from '../../schema/key-groups.js';
import { shapeField, shapeListField } from '../../schema/shape-field.js';
import { key, withEffects } from '../key.js';
import { REPLICAS } from '../keys/replicas.js';
import { scalarText } from '../../diagnostics/scalar-text.js';

/** A percentage of the request. It may be above 100, where pods may use more than they request. */
const PERCENT = { min: 1, max: 10_000 };

/** An amount above 0 with a unit or a fraction: other texts could be a percentage in quotes. */
const AMOUNT: TextFormat = {
  what: QUANTITY.what,
  pattern: new RegExp(`^(?![0-9]+$)(?!0*[.]?0*[a-zA-Z]*$)${QUANTITY.pattern.source.slice(1)}`),
  maxLength: 32,
};

/** The amount of a resource that the autoscaler aims at. */
function targetField(amount: string) {
  const advice = (value: unknown) => {
    const percent = /^([1-9][0-9]*)%?$/.exec(scalarText(value))?.[1];
    if (typeof value === 'string' && percent !== undefined)
      return `write ${percent} for a percentage, without quotes and %`;
    return typeof value === 'number' && matches(QUANTITY, String(value)) && !Number.isInteger(value)
      ? `write ${String(Quantity.millicpu(Math.ceil(value * 1000)))} for an amount`
      : undefined;
  };
  const what = `a percentage from 1 to ${PERCENT.max}, such as 70, or an amount such as ${amount}`;
  return wholeNumberOrTextField(PERCENT, AMOUNT, what, advice).meta({
    description: 'Percentage of the request, or an amount for each pod.',
  });
}

export const autoscaling = withEffects(
  group({
    type: 'Autoscaling',
    description:
      'Lets Kubernetes set the number of pods, between two bounds, by a HorizontalPodAutoscaler. The Deployment then contains no number.',
    unset: 'none; `replicas` is the number of pods',
    refused: {
      enabled: unknownKey(
        'remove it: the key autoscaling makes the autoscaler, and without the key there is none',
      ),
      targetCPUUtilizationPercentage: unknownKey('write cpu: 80'),
      targetMemoryUtilizationPercentage: unknownKey('write memory: 80'),
    },
    keys: {
      minReplicas: key({
        field: () => wholeNumberField(REPLICAS),
        description:
          'The fewest pods, 0 to 10000. 0 needs a metric of type Object or External, and the feature gate HPAScaleToZero.',
        default: 1,
        example: 2,
      }),
      maxReplicas: key({
        required: true,
        field: () => wholeNumberField({ ...REPLICAS, min: 1 }),
        description:
          'The most pods, 1 to 10000. `metrics.targetLimit` and `worker-metrics costs` are computed for them.',
        example: 10,
      }),
      memory: key({
        field: () => targetField('512Mi'),
        description:
          'Memory that each pod should use: a percentage of its request (`80`), or an amount (`512Mi`).',
        unset: 'none',
        example: 80,
      }),
      metrics: key({
        field: () => shapeListField<MetricSpec>('MetricSpecV2', 'MetricSpec'),
        description: "More metrics by which to scale, in Kubernetes' form.",
        unset: 'none',
        example: [
          {
            type: 'Pods',
            pods: { metric: { name: 'queue_length' }, target: { type: 'AverageValue', averageValue: '10' } },
          },
        ],
      }),
      cpu: key({
        field: () => targetField('500m'),
        description:
          'CPU that each pod should use: a percentage of its request, also above 100 (`70`), or an amount (`500m`).',
        unset: '80, if neither `memory` nor `metrics` is set',
        default: ({ memory, metrics }: { memory: unknown; metrics: unknown }) =>
          memory === undefined && metrics === undefined ? 80 : undefined,
        example: 70,
      }),
      behavior: key({
        field: () =>
          shapeField<HorizontalPodAutoscalerBehavior>(
            'HorizontalPodAutoscalerBehaviorV2',
            'HorizontalPodAutoscalerBehavior',
          ),
        description: "How fast pods are added and removed, in Kubernetes' form.",
        unset: "Kubernetes' default",
        example: { scaleDown: { stabilizationWindowSeconds: 600 } },
      }),
    },
  }),
  {
    objects: ({ minReplicas, maxReplicas, cpu, memory, metrics = [], behavior }, { name }) => ({
      autoscaler: {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        spec: {
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
          minReplicas,
          maxReplicas,
          metrics: [...resourceMetric('cpu', cpu), ...resourceMetric('memory', memory), ...metrics],
          ...(behavior !== undefined && { behavior }),
        },
      },
    }),
  },
  'deployments',
);

function resourceMetric(name: string, target: number | string | undefined): object[] {
  if (target === undefined) return [];
  const aim =
    typeof target === 'number'
      ? { type: 'Utilization', averageUtilization: target }
      : { type: 'AverageValue', averageValue: target };
  return [{ type: 'Resource', resource: { name, target: aim } }];
}
