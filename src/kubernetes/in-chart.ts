import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';

/** The props of a construct. The default namespace is that of its chart. */
export function inChart<Props extends object>(construct: Construct, props: Props): Props {
  if (typeof props !== 'object' || props === null) return props; // refused later
  const { namespace } = Chart.of(construct);
  const hasOwn = 'namespace' in props && props.namespace !== undefined;
  return hasOwn || namespace === undefined ? props : { ...props, namespace };
}
