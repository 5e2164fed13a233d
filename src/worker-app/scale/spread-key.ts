import type { TopologySpreadConstraint } from '../../kubernetes-shapes/types.js';
import { shapeListField } from '../../schema/shape-field.js';
import { key } from '../key.js';
import { maybeSeveral, podNumbers, type Scaled } from './pod-numbers.js';

/** Nodes and zones: a constraint of the pods switches the scheduler's own default for zones off. */
const TOPOLOGIES = ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'];

/** An even spread where that is possible. During a rollout, only pods of the new release count. */
const SPREAD: readonly TopologySpreadConstraint[] = TOPOLOGIES.map((topologyKey) => ({
  maxSkew: 1,
  topologyKey,
  whenUnsatisfiable: 'ScheduleAnyway',
  matchLabelKeys: ['pod-template-hash'],
}));

export const topologySpreadConstraints = key({
  scope: 'inherited',
  field: () => shapeListField<TopologySpreadConstraint>('TopologySpreadConstraint'),
  description:
    "How the pods are spread over nodes and zones, in Kubernetes' form. A constraint without `labelSelector` gets that of the Deployment. `[]`: the scheduler's own default.",
  unset: 'with more than one pod, an even spread over nodes and zones where possible; otherwise none',
  default: (_: object, app: Scaled) => (maybeSeveral(podNumbers(app)) ? SPREAD : undefined),
  example: [{ maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'DoNotSchedule' }],
  pod: (constraints, { selector }) => ({
    topologySpreadConstraints:
      constraints.length === 0
        ? undefined
        : constraints.map(({ labelSelector = { matchLabels: selector }, ...constraint }) => ({
            ...constraint,
            labelSelector,
          })),
  }),
});
