import type { MetricsPorts } from '../ports/metrics-ports.js';
import type { EndpointStyle } from '../worker-app-props.js';
import type { ScrapeOptions } from './scraping-props.js';

// Apart from the endpoints themselves: their types are the operator's, which a CommonJS project of cdk8s cannot resolve.

/** The ports to scrape, and how. */
export interface ScrapeEndpointsProps {
  /** The metrics ports to scrape. */
  readonly ports: MetricsPorts;
  /**
   * The container that has the ports. With `endpoints: single`, ports of other containers are not scraped.
   * @default - any container
   */
  readonly container?: string;
  /**
   * Whether a ServiceMonitor names the ports of the container, not those of the Service.
   * @default false
   */
  readonly byTargetPort?: boolean;
  /** Time between two scrapes, such as `30s`. */
  readonly interval: string;
  /** Time after which a scrape fails; at most `interval`. @default - Prometheus' own, 10s */
  readonly scrapeTimeout?: string;
  /** One endpoint for each port, or a single one for all ports. @default per-port */
  readonly endpoints?: EndpointStyle;
  /** More settings of the monitor: keys of `metrics`. @default - none */
  readonly options?: ScrapeOptions;
}
