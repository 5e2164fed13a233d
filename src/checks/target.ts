import { copiedLabelName } from '../prometheus/label-name.js';
import { ANYTHING, HOST, type PartlyKnown } from '../prometheus/partly-known.js';
import { relabel, type Labels, type Outcome } from '../prometheus/relabel.js';
import type { Scrape } from './scrape.js';
import type { ServicePort } from './service.js';

/** Whether relabelling keeps the targets of a scrape. */
export function outcomeOf(scrape: Scrape): Outcome {
  const { relabelings } = scrape.endpoint;
  if (relabelings.length === 0) return 'kept';
  const outcomes = new Set(
    portsBefore(scrape).map((behind) => relabel(relabelings, labelsOf({ ...scrape, behind }))),
  );
  return outcomes.has('kept') ? 'kept' : outcomes.has('undecided') ? 'undecided' : 'dropped';
}

/** The Service's port that the way takes; where the endpoint names the container port, any that leads to it. */
function portsBefore({ service, servicePort, port }: Scrape): (ServicePort | undefined)[] {
  if (servicePort !== undefined || service === undefined) return [servicePort];
  const leading = service.ports.filter(({ target }) => target === port.name || target === port.number);
  return leading.length === 0 ? [undefined] : leading;
}

/** One port of a pod that runs, behind a port of the Service where there is one. */
interface Target extends Scrape {
  readonly behind: ServicePort | undefined;
}

/** What Prometheus and the operator label a target with, before the monitor's own relabelling. */
function labelsOf(target: Target): Labels {
  const address: PartlyKnown = [HOST, `:${String(target.port.number)}`];
  return (name) => {
    if (name === '__address__') return address;
    const text = TEXTS.get(name)?.(target) ?? copied(name, target);
    return text === undefined ? ANYTHING : [text];
  };
}

const META = '__meta_kubernetes';

/** How each label is known: each when it is asked for, as a target has many and relabelling reads few. */
const TEXTS: ReadonlyMap<string, (target: Target) => string | undefined> = new Map([
  ['namespace', ({ workload }) => workload.namespace],
  ['container', containerOf],
  ['endpoint', ({ endpoint }) => String(endpoint.port ?? endpoint.targetPort ?? '')],
  ['service', serviceName],
  [`${META}_namespace`, ({ workload }) => workload.namespace],
  [`${META}_pod_container_name`, containerOf],
  [`${META}_pod_container_port_name`, ({ port }) => port.name ?? ''],
  [`${META}_pod_container_port_number`, ({ port }) => String(port.number)],
  [`${META}_pod_container_port_protocol`, ({ port }) => port.protocol],
  [`${META}_pod_phase`, () => 'Running'],
  [`${META}_pod_ready`, () => 'true'],
  [`${META}_service_name`, serviceName],
  [`${META}_endpoints_name`, inRole('Endpoints', serviceName)],
  [`${META}_endpoint_port_name`, inRole('Endpoints', portBehind)],
  [`${META}_endpoint_port_protocol`, inRole('Endpoints', ({ port }) => port.protocol)],
  [`${META}_endpointslice_port_name`, inRole('EndpointSlice', portBehind)],
  [`${META}_endpointslice_port`, inRole('EndpointSlice', ({ port }) => String(port.number))],
  [`${META}_endpointslice_port_protocol`, inRole('EndpointSlice', ({ port }) => port.protocol)],
]);

function containerOf({ workload, port }: Target): string | undefined {
  return workload.containers.find(({ ports }) => ports.includes(port))?.name;
}

function serviceName({ service }: Target): string | undefined {
  return service === undefined ? '' : service.name;
}

function portBehind({ behind }: Target): string {
  return behind?.name ?? '';
}

/** Where the monitor does not say its role, Prometheus does: those who write a label know which they have. */
function inRole(role: string, text: (target: Target) => string | undefined): typeof text {
  return (target) => {
    const { discoveryRole = role } = target.monitor;
    return target.service === undefined || discoveryRole !== role ? '' : text(target);
  };
}

const OF_LABEL = new RegExp(`^${META}_(pod|service)_label(present)?_(.*)$`);

/** A label of the pod or Service; that there is none of the name says nothing, as others may add it. */
function copied(name: string, { workload, service }: Target): string | undefined {
  const [, object, present, label] = OF_LABEL.exec(name) ?? [];
  const labels = object === 'pod' ? workload.podLabels : (service?.labels ?? {});
  const found = Object.keys(labels).find((key) => copiedLabelName(key) === label);
  return found === undefined ? undefined : present === undefined ? labels[found] : 'true';
}
