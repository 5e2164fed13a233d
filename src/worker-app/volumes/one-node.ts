import type { Affinity } from '../../kubernetes-shapes/types.js';
import type { PodValues } from '../pod-values.js';

/** The keys that say on which nodes pods run. */
export type Placed = Pick<PodValues, 'nodeSelector' | 'affinity'>;

const HOSTNAME = 'kubernetes.io/hostname';

/** Labels that several nodes have in almost every cluster. */
const OF_MANY_NODES =
  /^((beta\.)?kubernetes\.io\/(arch|os)|(topology|failure-domain\.beta)\.kubernetes\.io\/.*|node\.kubernetes\.io\/.*|node-role\.kubernetes\.io\/.*)$/;

/** Whether the scheduler keeps all pods on one node, as far as the values tell. */
export function areOnOneNode({ nodeSelector = {}, affinity }: Placed): boolean {
  return (
    Object.keys(nodeSelector).some((label) => !OF_MANY_NODES.test(label)) ||
    isBesidePods(affinity) ||
    isOfNode(affinity)
  );
}

function isBesidePods(affinity: Affinity | undefined): boolean {
  const terms = affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  return terms.some(({ topologyKey }) => !OF_MANY_NODES.test(topologyKey));
}

function isOfNode(affinity: Affinity | undefined): boolean {
  const { nodeSelectorTerms = [] } =
    affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? {};
  return nodeSelectorTerms.some(({ matchExpressions = [], matchFields = [] }) =>
    [...matchExpressions.filter(({ key }) => key === HOSTNAME), ...matchFields].some(
      ({ operator, values = [] }) => operator === 'In' && values.length === 1,
    ),
  );
}
