import { type Chart, numberOf } from './chart.js';
import type { RenderedObject } from './rendered-object.js';

/** Fields of a Service's spec that charts have under `service`. */
const FIELDS = [
  'type',
  'clusterIP',
  'externalIPs',
  'externalTrafficPolicy',
  'internalTrafficPolicy',
  'loadBalancerClass',
  'loadBalancerIP',
  'loadBalancerSourceRanges',
  'sessionAffinity',
  'sessionAffinityConfig',
];

const DEFAULT_PORT = 80;

/** The Service. Its port leads to the port `http` of the container. */
export function renderService(chart: Chart): RenderedObject {
  const port = (field: string) => ['spec', 'ports', 0, field];
  const service = chart.object('v1', 'Service').set(['spec', 'selector'], chart.selector);
  chart.fill(service, ['metadata', 'annotations'], [['service', 'annotations']]);
  for (const field of FIELDS) chart.fill(service, ['spec', field], [['service', field]]);
  service.set(port('name'), 'http').set(port('targetPort'), 'http');
  service.set(port('port'), DEFAULT_PORT);
  chart.fill(service, port('port'), [['service', 'port']], numberOf);
  chart.fill(service, port('nodePort'), [['service', 'nodePort']], numberOf);
  chart.helm.agree(['service', 'targetPort'], 'http');
  chart.helm.agree(['service', 'name'], 'http');
  return service;
}
