import { scalarText } from '../../diagnostics/scalar-text.js';
import { copiedLabelName } from '../../prometheus/label-name.js';
import { ANYTHING, HOST, type PartlyKnown } from '../../prometheus/partly-known.js';
import { ADDRESS, type Labels } from '../../prometheus/simulate-relabeling.js';
import type { Discovered } from '../cluster/discovery.js';
import type { ScrapePath } from './scrape-path.js';

/** A target of a monitor's endpoint. */
export type Target = ScrapePath & Discovered;

/** Returns the labels that Prometheus and the operator set on a target before the monitor's relabelling. */
export function labelsOf(target: Target): Labels {
  const { number } = target.port;
  const address: PartlyKnown = number === undefined ? [HOST] : [HOST, `:${scalarText(number)}`];
  return (name) => {
    if (name === ADDRESS) return address;
    const text = TEXTS.get(name)?.(target) ?? copied(name, target) ?? written(name, target);
    return text === undefined ? ANYTHING : [text];
  };
}

const META = '__meta_kubernetes';

/** The values of labels, each computed on demand: a target has many labels, and relabelling reads few. */
const TEXTS: ReadonlyMap<string, (target: Target) => string | undefined> = new Map([
  ['__metrics_path__', ({ endpoint }) => endpoint.path],
  ['namespace', ({ workload }) => workload.namespace],
  ['container', containerOf],
  ['endpoint', ({ endpoint }) => scalarText(endpoint.port ?? endpoint.targetPort ?? '')],
  ['service', serviceName],
  [`${META}_namespace`, ({ workload }) => workload.namespace],
  [`${META}_pod_container_name`, containerOf],
  [`${META}_pod_container_port_name`, ({ port }) => port.name ?? ''],
  [`${META}_pod_container_port_number`, ofContainer(({ port }) => scalarText(port.number))],
  [`${META}_pod_container_port_protocol`, ofContainer(({ port }) => port.protocol)],
  [`${META}_pod_phase`, () => 'Running'],
  [`${META}_pod_ready`, () => 'true'],
  [`${META}_service_name`, serviceName],
  [`${META}_endpoints_name`, inRole('Endpoints', serviceName)],
  [`${META}_endpoint_port_name`, inRole('Endpoints', portBehind)],
  [`${META}_endpoint_port_protocol`, inRole('Endpoints', ({ port }) => port.protocol)],
  [`${META}_endpointslice_port_name`, inRole('EndpointSlice', portBehind)],
  [`${META}_endpointslice_port`, inRole('EndpointSlice', ({ port }) => scalarText(port.number))],
  [`${META}_endpointslice_port_protocol`, inRole('EndpointSlice', ({ port }) => port.protocol)],
]);

/** Empty if no container declares the port. */
function containerOf({ container }: Target): string | undefined {
  return container === undefined ? '' : container.name;
}

function serviceName({ service }: Target): string | undefined {
  return service === undefined ? '' : service.name;
}

function portBehind({ servicePort }: Target): string {
  return servicePort?.name ?? '';
}

/** The value for a declared port; empty if no container declares the port. */
function ofContainer(text: (target: Target) => string): typeof text {
  return (target) => (target.container === undefined ? '' : text(target));
}

/** The value in this discovery role; empty in the other. A monitor without a role is assumed to have this one. */
function inRole(role: string, text: (target: Target) => string | undefined): typeof text {
  return (target) => {
    const { discoveryRole = role } = target.monitor;
    return target.service === undefined || discoveryRole !== role ? '' : text(target);
  };
}

const COPIED = new RegExp(`^${META}_(pod|service)_(label|annotation)(present)?_(.*)$`);

/** Metadata that controllers, webhooks and the kubelet add to running pods and Services. */
const ADDED =
  /^(pod_template|controller_|statefulset_kubernetes_io|apps_kubernetes_io|batch_kubernetes_io|job_name|topology_kubernetes_io|kubernetes_io|kubectl_kubernetes_io|k8s_v1_cni|cni_|.*istio_io|.*linkerd_io|meta_helm_sh|app_kubernetes_io_(instance|managed_by)|argocd_argoproj_io|kustomize_toolkit)/;

/** A label or annotation of the pod or Service; empty if it is missing; undefined if the cluster may add it. */
function copied(name: string, { workload, service }: Target): string | undefined {
  const [, object, list, present, key = ''] = COPIED.exec(name) ?? [];
  if (object === undefined) return undefined;
  if (object === 'service' && service === undefined) return '';
  const ofPod = list === 'label' ? workload.podLabels : workload.podAnnotations;
  const ofService = list === 'label' ? service?.labels : service?.annotations;
  const found = Object.entries((object === 'pod' ? ofPod : ofService) ?? {}).find(
    ([label]) => copiedLabelName(label) === key,
  );
  if (found === undefined) return ADDED.test(key) ? undefined : '';
  return present === undefined ? found[1] : 'true';
}

/** A label that the operator sets from the monitor's fields; empty if nothing sets it. */
function written(name: string, target: Target): string | undefined {
  const { monitor, endpoint } = target;
  if (name.startsWith('__param_')) return endpoint.params[name.slice('__param_'.length)]?.[0] ?? '';
  const attached = /^__meta_kubernetes_(node|namespace)_/.exec(name)?.[1];
  if (attached !== undefined) return monitor.attachedMetadata.has(attached) ? undefined : '';
  if (name.startsWith('__') || SET_LATER.has(name)) return undefined;
  const from = (list: readonly string[], object: string) =>
    list.some((label) => copiedLabelName(label) === name)
      ? copied(`${META}_${object}_label_${name}`, target)
      : '';
  const ofPod = from(monitor.podTargetLabels, 'pod');
  return ofPod === '' ? from(monitor.targetLabels, 'service') : ofPod;
}

/** Labels whose values depend on the running cluster or on the Prometheus object. */
const SET_LATER = new Set(['job', 'pod', 'instance', 'node']);
