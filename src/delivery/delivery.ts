import type { Manifest } from '../kubernetes/manifest.js';
import { argoCdApplication } from './argocd.js';
import type { Delivered, DeliveryProps } from './delivery-props.js';
import { effectiveDelivery } from './effective-delivery.js';
import { fluxObjects } from './flux.js';

/** What has an application deployed. */
export function deliveryManifests(props: DeliveryProps, delivered: Delivered): Manifest[] {
  const { argocd, flux } = effectiveDelivery(props, delivered.environment);
  const objects = [
    ...(argocd === undefined ? [] : [argoCdApplication(argocd, delivered)]),
    ...(flux === undefined ? [] : fluxObjects(flux, delivered)),
  ];
  return objects.map((object) => ({ ...object }));
}
