import { copiedLabelName } from '../prometheus/label-name.js';
import { ANYTHING, HOST, type PartlyKnown } from '../prometheus/partly-known.js';
import { relabel, type Labels, type Outcome } from '../prometheus/relabel.js';
import type { Scrape } from './scrape.js';
import type { ServicePort } from './service.js';

/** Whether relabelling keeps the targets of a scrape. */
export function outcomeOf(scrape: Scrape): Outcome {
  const { relabelings } = scrape.endpoint;
  if (relabelings.length === 0) return 'kept';
  const outcomes = new Set(portsBefore(scrape).map((port) => relabel(relabelings, labelsOf(scrape, port))));
  return outcomes.has('kept') ? 'kept' : outcomes.has('undecided') ? 'undecided' : 'dropped';
}

/** The Service's port that the way takes; where the endpoint names the container port, any that leads to it. */
function portsBefore({ service, servicePort, port }: Scrape): (ServicePort | undefined)[] {
  if (servicePort !== undefined || service === undefined) return [servicePort];
  const leading = service.ports.filter(({ target }) => target === port.name || target === port.number);
  return leading.length === 0 ? [undefined] : leading;
}

const META = '__meta_kubernetes';

/** What Prometheus and the operator label a target with, before the monitor's own relabelling; of a pod that runs. */
function labelsOf(scrape: Scrape, servicePort: ServicePort | undefined): Labels {
  const texts: Readonly<Record<string, string | undefined>> = {
    ...ofPod(scrape),
    ...ofService(scrape, servicePort),
  };
  const address: PartlyKnown = [HOST, `:${String(scrape.port.number)}`];
  return (name) => {
    if (name === '__address__') return address;
    const text = Object.hasOwn(texts, name) ? texts[name] : undefined;
    return text === undefined ? ANYTHING : [text];
  };
}

function ofPod({ endpoint, workload, port }: Scrape): Record<string, string | undefined> {
  const container = workload.containers.find(({ ports }) => ports.includes(port))?.name;
  return {
    namespace: workload.namespace,
    [`${META}_namespace`]: workload.namespace,
    endpoint: String(endpoint.port ?? endpoint.targetPort ?? ''),
    container,
    [`${META}_pod_container_name`]: container,
    [`${META}_pod_container_port_name`]: port.name ?? '',
    [`${META}_pod_container_port_number`]: String(port.number),
    [`${META}_pod_container_port_protocol`]: port.protocol,
    [`${META}_pod_phase`]: 'Running',
    [`${META}_pod_ready`]: 'true',
    ...ofLabels(`${META}_pod`, workload.podLabels),
  };
}

function ofService(
  { monitor, service, port }: Scrape,
  servicePort: ServicePort | undefined,
): Record<string, string | undefined> {
  const { name, labels = {} } = service ?? { name: '' };
  const portName = service === undefined ? '' : (servicePort?.name ?? '');
  const { discoveryRole } = monitor;
  // Where the monitor does not say, the Prometheus does: those who write either label know which one they have.
  const inRole = (role: string, text: string) =>
    service === undefined || (discoveryRole !== undefined && discoveryRole !== role) ? '' : text;
  return {
    service: name,
    [`${META}_service_name`]: name,
    ...ofLabels(`${META}_service`, labels),
    [`${META}_endpoints_name`]: inRole('Endpoints', name ?? ''),
    [`${META}_endpoint_port_name`]: inRole('Endpoints', portName),
    [`${META}_endpoint_port_protocol`]: inRole('Endpoints', port.protocol),
    [`${META}_endpointslice_port_name`]: inRole('EndpointSlice', portName),
    [`${META}_endpointslice_port`]: inRole('EndpointSlice', String(port.number)),
    [`${META}_endpointslice_port_protocol`]: inRole('EndpointSlice', port.protocol),
  };
}

/** Labels of an object; that one is not among them says nothing, as others may add it. */
function ofLabels(prefix: string, labels: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(labels).flatMap(([label, value]) => [
      [`${prefix}_label_${copiedLabelName(label)}`, value],
      [`${prefix}_labelpresent_${copiedLabelName(label)}`, 'true'],
    ]),
  );
}
