import type { ScrapedSpec } from '../worker-app-spec.js';

/** The ports of an application beside the metrics ports of its workers. They add to the costs of scraping. */
export interface OtherPorts {
  /** Ports of the Service. @default 1: `http` */
  readonly servicePorts?: number;
  /** Named ports of all containers of a pod. Each is offered to each scrape job. @default 1: `http` */
  readonly podPorts?: number;
  /** Endpoints of `metrics.extraEndpoints`, each for one of these ports. @default 0 */
  readonly extraEndpoints?: number;
}

export function otherPorts({
  applicationPorts,
  podPorts,
  ports,
  metrics,
}: Pick<ScrapedSpec, 'applicationPorts' | 'podPorts' | 'ports' | 'metrics'>): Required<OtherPorts> {
  const scraped = new Set(ports.map(({ name }) => name));
  const isOther = ({ name }: { readonly name: string }) => !scraped.has(name);
  return {
    servicePorts: applicationPorts.filter(isOther).length,
    podPorts: podPorts.filter(isOther).length,
    extraEndpoints: metrics.extraEndpoints?.length ?? 0,
  };
}
