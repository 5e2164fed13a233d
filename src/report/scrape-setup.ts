import { scalarText } from '../diagnostics/scalar-text.js';
import type { Chain } from '../checks/trace/chain.js';
import { at, listAt, type Manifest } from '../kubernetes/manifest.js';
import type { ScrapeContext, ScrapeMethod } from '../worker-app/scraping/scrape-alternatives.js';
import type { CountedPorts } from '../worker-app/scraping/other-ports.js';
import { selectedPods, type Facts } from './facts.js';

/** How the manifests scrape the workers of a workload. */
export interface ScrapeSetup {
  readonly workers: number;
  /** Number of pods. */
  readonly replicas: number;
  readonly metrics: Required<ScrapeMethod> & { readonly targetLimit?: number };
  readonly context: ScrapeContext;
}

/** Reads from the chains of one application how it is scraped; undefined if they show no workers, or several ways. */
export function scrapeSetup(chains: readonly Chain[], facts: Facts): ScrapeSetup | undefined {
  const { pods, objects, discovery } = facts;
  const toWorkers = chains.filter(({ containerPort }) => isOfWorkers(containerPort?.name));
  const scraped = toWorkers.filter((chain) => chain.monitor !== undefined);
  const [first] = scraped;
  const { workload, monitor, service, containerPort, env } = first ?? {};
  const replicas = pods.get(workload ?? '');
  const isOneWay =
    toWorkers.every((one) => one.workload === workload) && scraped.every((one) => one.monitor === monitor);
  if (replicas === undefined || !isOneWay) return undefined;
  const isOnePort = containerPort?.name === 'metrics';
  const ports = new Set(toWorkers.map((one) => one.containerPort?.number)).size;
  const workers = isOnePort ? Number(env?.['WEB_CONCURRENCY']) : ports;
  if (!(workers >= 1)) return undefined;
  const endpoints = new Set(chains.filter((one) => one.monitor === monitor).map(({ endpoint }) => endpoint))
    .size;
  const targetLimit = at(objects.get(monitor ?? ''), 'spec', 'targetLimit');
  return {
    workers,
    replicas,
    metrics: {
      strategy: strategyOf(isOnePort, env),
      monitor: monitor?.startsWith('PodMonitor ') ? 'PodMonitor' : 'ServiceMonitor',
      endpoints: endpoints === 1 && ports > 1 ? 'single' : 'per-port',
      service: at(objects.get(service ?? ''), 'spec', 'clusterIP') === 'None' ? 'headless' : 'shared',
      ...(typeof targetLimit === 'number' && { targetLimit }),
    },
    context: {
      ...otherPortsOf({ workload, monitor, service }, facts),
      surroundings: discovery.around(workload),
      ...(at(objects.get(monitor ?? ''), 'spec', 'selectorMechanism') === 'RoleSelector' && {
        selectorMechanism: 'RoleSelector',
      }),
    },
  };
}

type Names = Readonly<Record<'workload' | 'monitor' | 'service', string | undefined>>;

/** The ports beside those of the workers, as `otherPorts` counts them in the values. */
function otherPortsOf(names: Names, { objects, services }: Facts): CountedPorts {
  const isOther = ({ name, port }: Manifest) => !isOfWorkers(scalarText(name ?? port));
  const pod = at(objects.get(names.workload ?? ''), 'spec', 'template', 'spec');
  const containers = [
    ...listAt(pod, 'containers'),
    ...listAt(pod, 'initContainers').filter(({ restartPolicy }) => restartPolicy === 'Always'),
  ];
  const named = containers
    .flatMap((container) => listAt(container, 'ports'))
    .filter(({ name }) => name !== undefined);
  const monitor = objects.get(names.monitor ?? '');
  const endpoints = ['endpoints', 'podMetricsEndpoints'].flatMap((list) => listAt(monitor, 'spec', list));
  return {
    servicePorts: servicesLike(objects.get(names.service ?? ''), services).flatMap((service) =>
      listAt(service, 'spec', 'ports').filter(isOther),
    ).length,
    podPorts: named.filter(isOther).length,
    // An endpoint for all workers names no port, and filters by relabeling.
    extraEndpoints: endpoints.filter(
      (one) =>
        ['port', 'targetPort', 'portNumber'].some((field) => one[field] !== undefined) &&
        !isOfWorkers(scalarText(one['port'])),
    ).length,
  };
}

/** The Services that select the same pods. */
function servicesLike(service: Manifest | undefined, services: Facts['services']): readonly Manifest[] {
  return service === undefined ? [] : (services.get(selectedPods(service)) ?? []);
}

function isOfWorkers(name: string | undefined): boolean {
  return name !== undefined && /^metrics(-[0-9]+)?$/.test(name);
}

/** Our exporter serves one port with the number of METRICS_START_PORT; an application serves its own. */
function strategyOf(isOnePort: boolean, env: Chain['env']): ScrapeMethod['strategy'] {
  if (!isOnePort) return 'port-per-worker';
  return env?.['METRICS_START_PORT'] === undefined ? 'aggregated' : 'multiprocess';
}
