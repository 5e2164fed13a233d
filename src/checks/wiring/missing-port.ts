import { scalarText } from '../../diagnostics/scalar-text.js';
import type { Message } from '../../diagnostics/diagnostic.js';
import { inspect, nearestName } from '../../diagnostics/expected.js';
import type { Discovered } from '../cluster/discovery.js';
import { isNumberAsText } from '../cluster/ports.js';
import type { Service, ServicePort } from '../cluster/service.js';
import { portsOf, type Workload } from '../cluster/workload.js';

/** Suggests a similar name, but not `metrics-1` for `metrics-2`: another number is another worker. */
function similarName(wanted: unknown, known: readonly string[]): string | undefined {
  if (typeof wanted !== 'string') return undefined;
  const withoutNumber = (name: string) => name.replaceAll(/[0-9]+/g, '#');
  const others = known.filter(
    (name) => name !== wanted && (withoutNumber(name) !== withoutNumber(wanted) || !/[0-9]/.test(name)),
  );
  return nearestName(wanted, others);
}

/** The name of a port that is given by its number: `port: "9090"`. */
function nameOfNumber(
  wanted: unknown,
  ports: readonly { readonly name: string | undefined; readonly number: unknown }[],
): string | undefined {
  if (!isNumberAsText(wanted)) return undefined;
  const named = ports.find(({ name, number }) => name !== undefined && number === Number(wanted));
  return named && `write ${inspect(named.name)}, the name of port ${wanted}`;
}

/** No Service has the endpoint's port. If the endpoint names no port: no Service has any port. */
export function noServicePort(wanted: string | undefined, services: readonly Service[]): Message {
  const which = named(services);
  if (wanted === undefined) return nothingToScrape(which);
  const ports = services.flatMap((service) => service.ports);
  const known = ports.flatMap(({ name }) => name ?? []);
  const isUnnamed = ports.some(({ name }) => name === undefined);
  const list = listed(ports.map(({ name, number }) => name ?? `${scalarText(number)} without a name`));
  const byName = nameOfNumber(wanted, ports) ?? similarName(wanted, known);
  const hint = byName ?? (isUnnamed ? `give the port the name ${wanted}` : undefined);
  return text(`${inspect(wanted)} is not a port of ${which} (${list})`, hint);
}

/** No workload declares the port. @param servicePort the Service port that targets it, if any */
export function noContainerPort(
  wanted: unknown,
  workloads: readonly Workload[],
  servicePort?: ServicePort,
): Message {
  const which = named(workloads);
  const ports = workloads.flatMap(portsOf);
  if (wanted === undefined) return nothingToScrape(which);
  const other = ports.find(({ name, protocol }) => name === wanted && protocol !== servicePort?.protocol);
  if (servicePort !== undefined && other !== undefined)
    return text(
      `${inspect(wanted)} is ${other.protocol} in ${which}, but the Service has ${servicePort.protocol}`,
      `write protocol: ${other.protocol} in the Service`,
    );
  const known = ports.flatMap(({ name }) => name ?? []);
  const list = listed(ports.map(({ name, number }) => name ?? scalarText(number)));
  const hint = nameOfNumber(wanted, ports) ?? similarName(wanted, known);
  return text(`${inspect(wanted)} is not a port of a container of ${which} (${list})`, hint);
}

/** A Service targets a port number that no container declares. */
export function undeclaredPort(wanted: unknown, workloads: readonly Workload[]): Message {
  const { message, ...hint } = noContainerPort(wanted, workloads);
  return { message: `${message}; Prometheus still scrapes it, without the label container`, ...hint };
}

function nothingToScrape(which: string): Message {
  return { message: `nothing to scrape: there is no port in ${which}`, hint: 'add one' };
}

function text(message: string, hint: string | undefined): Message {
  return hint === undefined ? { message } : { message, hint };
}

/** The message if the Service targets a port by number, and the container declares another protocol for it. */
export function otherProtocol({ port, servicePort, workload, container }: Discovered): string | undefined {
  const protocol = servicePort?.protocol ?? 'TCP';
  if (container === undefined || port.protocol === protocol) return undefined;
  const name = port.name ?? scalarText(port.number);
  return `${name} is ${port.protocol} in ${workload.object}, but the Service has ${protocol}; Prometheus scrapes over TCP`;
}

function named(owners: readonly { readonly object: string }[]): string {
  const names = owners.map(({ object }) => object);
  return names.length <= MOST_NAMED
    ? names.join(', ')
    : `${names.slice(0, MOST_NAMED).join(', ')} and ${names.length - MOST_NAMED} more`;
}

/** With more names, the sentence becomes hard to read. */
const MOST_NAMED = 4;

/** `http, metrics-1`; `101 ports: http, metrics-1 … metrics-100` */
function listed(names: readonly string[]): string {
  const distinct = [...new Set(names)];
  const runs: string[][] = [];
  for (const name of distinct) {
    const run = runs.at(-1);
    if (run !== undefined && isNext(run.at(-1) ?? '', name)) run.push(name);
    else runs.push([name]);
  }
  const parts = runs.flatMap((run) => (run.length > LONGEST_RUN ? [`${run[0]} … ${run.at(-1)}`] : run));
  if (parts.length === 0) return 'it has none';
  const more = parts.length > MOST_LISTED ? ` and ${parts.length - MOST_LISTED} more` : '';
  const list = parts.slice(0, MOST_LISTED).join(', ') + more;
  return parts.length === distinct.length && more === '' ? list : `${distinct.length} ports: ${list}`;
}

/** Longer runs of numbered names are written as a range. */
const LONGEST_RUN = 3;
const MOST_LISTED = 20;

/** Whether two names differ only in the number at their end, by one. */
function isNext(name: string, next: string): boolean {
  const [, start, number] = /^(.*?)([0-9]+)$/.exec(name) ?? [];
  return start !== undefined && next === `${start}${Number(number) + 1}`;
}
