import type { Finding } from './finding.js';
import type { Scrape } from './scrape.js';
import type { Wiring } from './wiring.js';
import { isMetricsPort, type ContainerPort } from './workload.js';

/** Every metrics port of a container is scraped, and by one endpoint only. */
export function checkScrapedOnce({ workloads, scrapes, undecided }: Wiring): Finding[] {
  const byPort = new Map<ContainerPort, Scrape[]>();
  for (const scrape of scrapes) byPort.set(scrape.port, [...(byPort.get(scrape.port) ?? []), scrape]);
  const mayBeScraped = new Set(undecided.map(({ port }) => port));
  return workloads.flatMap((workload) =>
    workload.containers
      .flatMap(({ ports }) => ports.filter(isMetricsPort))
      .flatMap((port) => {
        const found = byPort.get(port) ?? [];
        return found.length === 1 || (found.length === 0 && mayBeScraped.has(port))
          ? []
          : [
              {
                severity: 'error' as const,
                object: workload.object,
                field: port.field,
                message: scraped(port, found),
              },
            ];
      }),
  );
}

function scraped({ name, number }: ContainerPort, scrapes: readonly Scrape[]): string {
  const port = `${name} (${String(number)})`;
  if (scrapes.length === 0)
    return `${port} is not scraped: no endpoint of a ServiceMonitor or PodMonitor leads to it`;
  const ways = scrapes.map(({ monitor, endpoint, service }) =>
    [`${monitor.object} ${endpoint.field}`, service && `through ${service.object}`].filter(Boolean).join(' '),
  );
  return `${port} is scraped ${ways.length} times: by ${ways.join(', and by ')}`;
}
