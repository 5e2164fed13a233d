import type { ScrapedSpec } from '../worker-app-spec.js';

/** The ports of an application beside the metrics ports of its workers. They add to the costs of scraping. */
export interface OtherPorts {
  /** Ports of the Service. @default 1: `http` */
  readonly servicePorts?: number;
  /** Named ports of all containers of a pod. Each is offered to each scrape job. @default 1: `http` */
  readonly podPorts?: number;
  /** The ports among these that serve the sums of the workers, with `strategy: aggregated`. @default none */
  readonly ofSums?: { readonly servicePorts: number; readonly podPorts: number };
  /** Endpoints of `metrics.extraEndpoints`, each for one of these ports. @default 0 */
  readonly extraEndpoints?: number;
}

/** Ports whose numbers are known. */
export type CountedPorts = Required<Omit<OtherPorts, 'ofSums'>> & Pick<OtherPorts, 'ofSums'>;

export function otherPorts({
  applicationPorts,
  podPorts,
  ports,
  metrics,
}: Pick<ScrapedSpec, 'applicationPorts' | 'podPorts' | 'ports' | 'metrics'>): CountedPorts {
  const scraped = new Set(ports.map(({ name }) => name));
  const isScraped = ({ name }: { readonly name: string }) => scraped.has(name);
  return {
    servicePorts: applicationPorts.length,
    podPorts: podPorts.length,
    ...(podPorts.some(isScraped) && {
      ofSums: {
        servicePorts: applicationPorts.filter(isScraped).length,
        podPorts: podPorts.filter(isScraped).length,
      },
    }),
    extraEndpoints: metrics.extraEndpoints?.length ?? 0,
  };
}
