import type { Delivered } from './delivery-props.js';

/** Name of the objects for Argo CD or Flux, which know several environments: `shop-production`. */
export function deliveredName({ name, environment }: Pick<Delivered, 'name' | 'environment'>): string {
  return environment === undefined ? name : `${name}-${environment}`;
}
