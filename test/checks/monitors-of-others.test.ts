import type { Manifest } from '../../src/kubernetes/manifest.js';
import {
  diagnostics,
  NOT_SCRAPED,
  podMonitor,
  service,
  serviceMonitor,
  workload,
} from './manifests-of-others.js';

const SERVICE_PORT = '__meta_kubernetes_endpoint_port_name';

/** An endpoint that keeps the targets of some Service ports. */
function kept(regex: string) {
  return { relabelings: [{ action: 'keep', sourceLabels: [SERVICE_PORT], regex }] };
}

test.each<[string, Manifest]>([
  ['labels', serviceMonitor({})],
  ['an empty selector: every Service', serviceMonitor({ selector: {} })],
  ['In', serviceMonitor({ selector: expression('In', ['api', 'web']) })],
  ['NotIn', serviceMonitor({ selector: expression('NotIn', ['api']) })],
  ['NotIn, of a label that there is not', serviceMonitor({ selector: expression('NotIn', ['web'], 'team') })],
  ['Exists', serviceMonitor({ selector: expression('Exists') })],
  ['DoesNotExist', serviceMonitor({ selector: expression('DoesNotExist', undefined, 'team') })],
  ['any namespace', serviceMonitor({ namespaceSelector: { any: true } }, 'monitoring')],
  ['named namespaces', serviceMonitor({ namespaceSelector: { matchNames: ['blog', 'shop'] } }, 'monitoring')],
  ['a namespace named twice', serviceMonitor({ namespaceSelector: { matchNames: ['shop', 'shop'] } })],
  ['no name in namespaceSelector: its own', serviceMonitor({ namespaceSelector: { matchNames: [] } })],
  [
    'targetPort by name',
    serviceMonitor({ endpoints: [{ targetPort: 'metrics-1' }, { targetPort: 'metrics-2' }] }),
  ],
  ['targetPort by number', serviceMonitor({ endpoints: [{ targetPort: 9001 }, { targetPort: 9002 }] })],
  ['no port: every port of the Service', serviceMonitor({ endpoints: [{}] })],
  [
    'the Service port that relabelings keep',
    serviceMonitor({ endpoints: [kept('metrics-1'), kept('metrics-2')] }),
  ],
  [
    'targetPort, of the Service port that relabelings keep',
    serviceMonitor({
      endpoints: [
        { ...kept('metrics-1'), targetPort: 9001 },
        { ...kept('metrics-.*'), targetPort: 9002 },
      ],
    }),
  ],
  [
    'port and targetPort: the operator goes by port',
    serviceMonitor({ endpoints: [{ port: 'metrics-1', targetPort: 'metrics-2' }, { port: 'metrics-2' }] }),
  ],
  [
    'targetPort and a port that is empty, which the operator takes for none',
    serviceMonitor({
      endpoints: [
        { port: '', targetPort: 'metrics-1' },
        { port: '', targetPort: 9002 },
      ],
    }),
  ],
  [
    'ports and target ports that are empty',
    serviceMonitor({
      endpoints: [
        { port: 'metrics-1', targetPort: '' },
        { port: 'metrics-2', targetPort: 0 },
      ],
    }),
  ],
  ['an empty target port: every port of the Service', serviceMonitor({ endpoints: [{ targetPort: '' }] })],
  [
    'a PodMonitor with target ports, and ports that are empty',
    podMonitor({ podMetricsEndpoints: [{ port: '', targetPort: 9001 }, { port: 'metrics-2' }] }),
  ],
  ['a PodMonitor', podMonitor({})],
  [
    'a PodMonitor with numbers',
    podMonitor({ podMetricsEndpoints: [{ portNumber: 9001 }, { portNumber: 9002 }] }),
  ],
  [
    'a PodMonitor with target ports',
    podMonitor({ podMetricsEndpoints: [{ targetPort: 9001 }, { targetPort: 'metrics-2' }] }),
  ],
  ['a PodMonitor of any namespace', podMonitor({ namespaceSelector: { any: true } }, 'monitoring')],
  ['a PodMonitor without a port: every port', podMonitor({ podMetricsEndpoints: [{}] })],
])('workers are found by %s', (_, monitor) => {
  expect(diagnostics(workload(), service, monitor)).toEqual([]);
});

test.each<[string, Manifest, string]>([
  [
    'In',
    serviceMonitor({ selector: expression('In', ['api', 'www']) }),
    'no Service in namespace shop with the labels app in (api,www)',
  ],
  [
    'NotIn',
    serviceMonitor({ selector: expression('NotIn', ['web', 'x']) }),
    'no Service in namespace shop with the labels app notin (web,x)',
  ],
  [
    'Exists',
    serviceMonitor({ selector: expression('Exists', undefined, 'team') }),
    'no Service in namespace shop with the labels team',
  ],
  [
    'DoesNotExist',
    serviceMonitor({ selector: expression('DoesNotExist') }),
    'no Service in namespace shop with the labels !app',
  ],
  [
    'its own namespace',
    serviceMonitor({}, 'monitoring'),
    'no Service in namespace monitoring with the labels app=web; namespace shop has them: set spec.namespaceSelector: { matchNames: [shop] }',
  ],
  [
    'other namespaces',
    serviceMonitor({ namespaceSelector: { matchNames: ['blog', 'wiki'] } }),
    'no Service in namespace blog, wiki with the labels app=web; namespace shop has them: set spec.namespaceSelector: { matchNames: [shop] }',
  ],
  [
    'any namespace',
    serviceMonitor({ namespaceSelector: { any: true }, selector: { matchLabels: { app: 'api' } } }),
    'no Service in any namespace with the labels app=api',
  ],
  [
    'a PodMonitor',
    podMonitor({ selector: { matchLabels: { app: 'api' } } }),
    'no pods in namespace shop with the labels app=api',
  ],
])('a selector that matches nothing is shown as kubectl writes it: %s', (_, monitor, message) => {
  expect(diagnostics(workload(), service, monitor)).toContain(
    `${String(monitor['kind'])} ${namespaceOf(monitor)}/web: spec.selector: ${message}`,
  );
});

test.each<[string, Manifest, string]>([
  [
    'targetPort of a ServiceMonitor',
    serviceMonitor({ endpoints: [{ targetPort: 'metric-1' }, { targetPort: 9002 }] }),
    'ServiceMonitor shop/web: spec.endpoints[0].targetPort: "metric-1" is not a port of a container of Deployment shop/web (http, metrics-1, metrics-2); did you mean "metrics-1"?',
  ],
  [
    'port of a PodMonitor',
    podMonitor({ podMetricsEndpoints: [{ port: 'metrics' }, { port: 'metrics-2' }] }),
    'PodMonitor shop/web: spec.podMetricsEndpoints[0].port: "metrics" is not a port of a container of Deployment shop/web (http, metrics-1, metrics-2); did you mean "metrics-1"?',
  ],
  [
    'number in a PodMonitor',
    podMonitor({ podMetricsEndpoints: [{ portNumber: 9003 }, { port: 'metrics-2' }] }),
    'PodMonitor shop/web: spec.podMetricsEndpoints[0].portNumber: 9003 is not a port of a container of Deployment shop/web (http, metrics-1, metrics-2)',
  ],
])('a wrong %s is reported at its field', (_, monitor, diagnostic) => {
  expect(diagnostics(workload(), service, monitor)).toContain(diagnostic);
});

test.each<[string, object]>([
  ['of the Service port', { port: 'metrics-2' }],
  ['of the Service port behind a target port', { targetPort: 'metrics-2' }],
])('relabelings drop a worker by the name %s', (_, endpoint) => {
  const drop = { action: 'drop', sourceLabels: [SERVICE_PORT], regex: 'metrics-2' };
  const monitor = serviceMonitor({
    endpoints: [{ port: 'metrics-1' }, { ...endpoint, relabelings: [drop] }],
  });
  expect(diagnostics(workload(), service, monitor)).toEqual([
    'ServiceMonitor shop/web: spec.endpoints[1].relabelings[0]: drop metrics-2 drops every target: __meta_kubernetes_endpoint_port_name is "metrics-2" of Deployment shop/web',
    `Deployment shop/web: spec.template.spec.containers[0].ports[2]: metrics-2 (9002) ${NOT_SCRAPED}`,
  ]);
});

test('the pods of a PodMonitor are behind no Service port, so that keeping one keeps none of them', () => {
  expect(diagnostics(workload(), podMonitor({ podMetricsEndpoints: [kept('metrics-.*')] }))).toHaveLength(3);
});

function expression(operator: string, values?: string[], key = 'app') {
  return { matchExpressions: [{ key, operator, values }] };
}

function namespaceOf(manifest: Manifest): string {
  return (manifest['metadata'] as { namespace: string }).namespace;
}
