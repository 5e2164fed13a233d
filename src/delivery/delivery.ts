import type { Manifest } from '../kubernetes/manifest.js';
import { argoCdApplication } from './argocd.js';
import type { Delivered } from './delivered.js';
import type { ResolvedDelivery } from './delivery-keys.js';
import { fluxObjects } from './flux.js';

/** The objects by which Argo CD or Flux deploys an application. */
export function deliveryManifests({ argocd, flux }: ResolvedDelivery, delivered: Delivered): Manifest[] {
  const objects = [
    ...(argocd === undefined ? [] : [argoCdApplication(argocd, delivered)]),
    ...(flux === undefined ? [] : fluxObjects(flux, delivered)),
  ];
  return objects.map((object) => ({ ...object }));
}
