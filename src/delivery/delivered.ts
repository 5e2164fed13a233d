/** The application that is delivered. */
export interface Delivered {
  readonly name: string;
  readonly namespace: string;
  readonly environment?: string | undefined;
}

/** Name of the objects of Argo CD or Flux. It contains the environment: `shop-production`. */
export function deliveredName({ name, environment }: Pick<Delivered, 'name' | 'environment'>): string {
  return environment === undefined ? name : `${name}-${environment}`;
}
