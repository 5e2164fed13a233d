import type { NetworkPolicyDestination, NetworkPolicyPeer } from '../../kubernetes-shapes/types.js';
import type { Manifest } from '../../kubernetes/manifest.js';
import type { KeyContext } from '../key.js';
import { extraPorts } from '../scraping/extra-ports.js';
import type { NetworkPolicyOptions } from './network-policy-key.js';

/** Labels of the pods of Prometheus: of the operator and the usual charts, in any namespace. */
const PROMETHEUS: readonly NetworkPolicyPeer[] = ['name', 'component'].map((label) => ({
  namespaceSelector: {},
  podSelector: { matchLabels: { [`app.kubernetes.io/${label}`]: 'prometheus' } },
}));

/** Queries go over UDP, and long answers over TCP. */
const DNS = {
  ports: [
    { port: 53, protocol: 'UDP' },
    { port: 53, protocol: 'TCP' },
  ],
};

/**
 * A NetworkPolicy for the pods: the ports of the Service are open, and the metrics ports only to Prometheus. Each metrics port
 * is listed singly, because some network plugins ignore `endPort` and would admit the first port alone.
 */
export function networkPolicyObject(options: NetworkPolicyOptions, context: KeyContext): Manifest {
  const { from, metricsFrom = PROMETHEUS, egress } = options;
  const { selector } = context;
  const ofMetrics = metricsPorts(context);
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    spec: {
      podSelector: { matchLabels: selector },
      policyTypes: ['Ingress', ...(egress === undefined ? [] : ['Egress'])],
      ingress: [
        { ...(from !== undefined && { from }), ports: openPorts(context).map(tcp) },
        // Kubernetes reads an empty list of ports as all ports.
        ...(ofMetrics.length > 0 ? [{ from: metricsFrom, ports: ofMetrics.map(tcp) }] : []),
      ],
      ...(egress !== undefined && { egress: [...egress.map(asRule), DNS] }),
    },
  };
}

/** The container ports that the Service leads to. Not every network plugin knows names: they are numbers. */
function openPorts({ applicationPorts, podPorts }: KeyContext): (number | string)[] {
  const open = applicationPorts.map(
    ({ targetPort }) => podPorts.find(({ name }) => name === targetPort)?.number ?? targetPort,
  );
  return [...new Set(open)];
}

/** The container ports that Prometheus scrapes. */
function metricsPorts(context: KeyContext): (number | string)[] {
  return [...new Set([...context.ports.map(({ number }) => number), ...extraPorts(context)])];
}

function tcp(port: number | string) {
  return { port, protocol: 'TCP' };
}

function asRule(given: NetworkPolicyDestination): object {
  return isRule(given) ? given : { to: [given] };
}

/** Whether a destination is a rule with `to` or `ports`, and no peer. */
export function isRule(given: NetworkPolicyDestination): boolean {
  return given.to !== undefined || given.ports !== undefined;
}
