import { didYouMean, inspect } from '../diagnostics/expected.js';
import type { Discovered } from './discovery.js';
import type { Service, ServicePort } from './service.js';
import type { ContainerPort, Workload } from './workload.js';

/** `metrics-2` has no near name in metrics-1: another number is another worker. */
function hint(wanted: unknown, known: readonly string[]): string {
  if (typeof wanted !== 'string') return '';
  const withoutNumber = (name: string) => name.replaceAll(/[0-9]+/g, '#');
  const others = known.filter(
    (name) => name !== wanted && (withoutNumber(name) !== withoutNumber(wanted) || !/[0-9]/.test(name)),
  );
  return didYouMean(wanted, others);
}

/** None of the Services has the port that an endpoint names; or none has any port, where it names none. */
export function noServicePort(wanted: string | undefined, services: readonly Service[]): string {
  const which = named(services);
  if (wanted === undefined) return `there is nothing to scrape, as there is no port in ${which}; add one`;
  const ports = services.flatMap((service) => service.ports);
  const known = ports.flatMap(({ name }) => name ?? []);
  const unnamed = ports.some(({ name }) => name === undefined) ? `; give the port the name ${wanted}` : '';
  const list = listed(ports.map(({ name, number }) => name ?? `${String(number)} without a name`));
  return `${inspect(wanted)} is no port of ${which} (${list})${hint(wanted, known) || unnamed}`;
}

/** None of the workloads declares the port. @param servicePort the port of a Service that leads there, if one does */
export function noContainerPort(
  wanted: unknown,
  workloads: readonly Workload[],
  servicePort?: ServicePort,
): string {
  const which = named(workloads);
  const ports = workloads.flatMap(portsOf);
  if (wanted === undefined) return `there is nothing to scrape, as there is no port in ${which}; add one`;
  const other = ports.find(({ name, protocol }) => name === wanted && protocol !== servicePort?.protocol);
  if (servicePort !== undefined && other !== undefined)
    return `${inspect(wanted)} is ${other.protocol} in ${which}, and the Service asks for ${servicePort.protocol}; write protocol: ${other.protocol} in the Service`;
  const known = ports.flatMap(({ name }) => name ?? []);
  const list = listed(ports.map(({ name, number }) => name ?? String(number)));
  return `${inspect(wanted)} is no port of a container of ${which} (${list})${hint(wanted, known)}`;
}

/** A Service leads to a number that no container declares. */
export function undeclaredPort(wanted: unknown, workloads: readonly Workload[]): string {
  return `${noContainerPort(wanted, workloads)}; Prometheus scrapes it all the same, without the label container`;
}

/** The protocols of a Service's port and its container's differ, where the Service leads there by number. */
export function otherProtocol({ port, servicePort, workload, container }: Discovered): string | undefined {
  const asked = servicePort?.protocol ?? 'TCP';
  if (container === undefined || port.protocol === asked) return undefined;
  const name = port.name ?? String(port.number);
  return `${name} is ${port.protocol} in ${workload.object}, and the Service asks for ${asked}; Prometheus scrapes over TCP`;
}

function named(owners: readonly { readonly object: string }[]): string {
  const names = owners.map(({ object }) => object);
  return names.length <= MOST_NAMED
    ? names.join(', ')
    : `${names.slice(0, MOST_NAMED).join(', ')} and ${names.length - MOST_NAMED} more`;
}

/** More names than this hide the rest of the sentence. */
const MOST_NAMED = 4;

function listed(names: readonly string[]): string {
  return [...new Set(names)].join(', ') || 'it has none';
}

function portsOf({ containers }: Workload): ContainerPort[] {
  return containers.filter(({ endsBeforeOthers }) => !endsBeforeOthers).flatMap(({ ports }) => ports);
}
