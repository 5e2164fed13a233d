import { PodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor';
import { ServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import { AlertmanagerConfig } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1alpha1/AlertmanagerConfig';
import { unknownFields, type SchemaModel } from '../../src/operator/strict-schema.js';

const paths = (model: SchemaModel, value: object) =>
  unknownFields(model, value).map(({ path }) => path.join('.'));

test.each<[SchemaModel, object, string]>([
  [ServiceMonitor, { spec: { endpoint: [] } }, 'spec.endpoint'],
  [ServiceMonitor, { specs: {} }, 'specs'],
  [ServiceMonitor, { spec: { selector: { matchlabels: {} } } }, 'spec.selector.matchlabels'],
  [
    ServiceMonitor,
    { spec: { endpoints: [{}, { relabelings: [{ sourceLabel: [] }] }] } },
    'spec.endpoints.1.relabelings.0.sourceLabel',
  ],
  [
    ServiceMonitor,
    { spec: { endpoints: [{ interval: 5, tlsConfig: { ca: { secret: { kye: '' } } } }] } },
    'spec.endpoints.0.tlsConfig.ca.secret.kye',
  ],
  [PodMonitor, { spec: { endpoints: [] } }, 'spec.endpoints'],
  [
    AlertmanagerConfig,
    { spec: { receivers: [{ name: 'a', webhookConfig: [] }] } },
    'spec.receivers.0.webhookConfig',
  ],
  [
    AlertmanagerConfig,
    { spec: { receivers: [{ name: 'a', constructor: [] }] } },
    'spec.receivers.0.constructor',
  ],
  [AlertmanagerConfig, { spec: { route: { toString: 'a' } } }, 'spec.route.toString'],
])('a field that the schema of the operator does not know is found at any depth', (model, value, path) => {
  expect(paths(model, value)).toEqual([path]);
});

test('the fields that are known beside it are named', () => {
  const [unknown] = unknownFields(ServiceMonitor, { spec: { attachMetadata: { nodes: true } } });
  expect(unknown).toEqual({ path: ['spec', 'attachMetadata', 'nodes'], known: ['node'] });
});

test.each<[SchemaModel, object]>([
  [ServiceMonitor, { metadata: { labels: { constructor: 'a' }, annotations: { any: 'b' } } }],
  [ServiceMonitor, { spec: { endpoints: [{ params: { module: ['http_2xx'] } }] } }],
  [ServiceMonitor, { spec: { selector: { matchLabels: { any: 'a' } } } }],
  // The schema takes any route within a route.
  [AlertmanagerConfig, { spec: { route: { routes: [{ any: 'a' }] } } }],
  // kubernetes-models knows these not yet, or no longer.
  [AlertmanagerConfig, { spec: { receivers: [{ webhookConfigs: [{ payload: { any: 'a' } }] }] } }],
  [AlertmanagerConfig, { spec: { receivers: [{ opsgenieConfigs: [{ description: 'a' }] }] } }],
])(
  'keys that the user chooses, and fields that the operator knows, are no unknown fields',
  (model, value) => {
    expect(paths(model, value)).toEqual([]);
  },
);

test('values that cannot change are read as any others', () => {
  const freeze = (value: unknown): unknown => {
    if (typeof value === 'object' && value !== null) Object.values(value).forEach(freeze);
    return Object.freeze(value);
  };
  const spec = { selector: { matchLabels: { a: 'b' } }, endpoints: [{ port: 'a', prt: 'b' }] };
  const monitor = freeze({ metadata: { name: 'a', labels: { c: 'd' } }, spec }) as object;
  expect(paths(ServiceMonitor, monitor)).toEqual(['spec.endpoints.0.prt']);
});

test('values that contain each other are walked once', () => {
  const spec: Record<string, unknown> = { selector: {}, unknown: 1 };
  spec['attachMetadata'] = spec;
  expect(paths(ServiceMonitor, { spec })).toContain('spec.unknown');
});
