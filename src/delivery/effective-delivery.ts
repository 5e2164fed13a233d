import { branchName } from '../kubernetes/git-reference.js';
import { DELIVERY_DEFAULTS, defaultDeliveryPath } from './defaults.js';
import type { ArgoCdProps, DeliveryProps, FluxProps, GitSource } from './delivery-props.js';

/** Props of which only those may be missing that have no default. */
export type EffectiveArgoCd = Required<ArgoCdProps>;
export type EffectiveFlux = Required<Omit<FluxProps, 'secret' | 'dependsOn'>> & FluxProps;

/** Delivery with every default written out. */
export function effectiveDelivery(
  { argocd, flux }: DeliveryProps,
  environment: string | undefined,
): { readonly argocd?: EffectiveArgoCd; readonly flux?: EffectiveFlux } {
  const { argocd: ofArgoCd, flux: ofFlux, ...ofBoth } = DELIVERY_DEFAULTS;
  const source = { ...ofBoth, path: defaultDeliveryPath(environment) };
  return {
    ...(argocd && { argocd: withBranchName({ ...source, ...ofArgoCd, ...argocd }) }),
    ...(flux && { flux: withBranchName({ ...source, ...ofFlux, ...flux }) }),
  };
}

function withBranchName<Source extends Required<Pick<GitSource, 'branch'>>>(source: Source): Source {
  return { ...source, branch: branchName(source.branch) };
}
