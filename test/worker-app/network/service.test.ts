import type { WorkerAppProps } from '../../../src/worker-app/worker-app-props.js';
import { checkManifests } from '../../../src/checks/check-manifests.js';
import { problemsOf, shop, shopWith } from '../../a-worker-app.js';
import { manifestsOf } from '../../manifests-of.js';

const HEADLESS = { service: 'headless' } as const;

test('type, annotations and other fields are in the Service', () => {
  const { service, all } = manifestsOf(
    shop({
      metrics: HEADLESS,
      service: {
        type: 'LoadBalancer',
        annotations: { 'example.com/lb': 'external' },
        externalTrafficPolicy: 'Local',
        loadBalancerSourceRanges: ['10.0.0.0/8'],
      },
    }),
  );
  expect(service.metadata.annotations).toEqual({ 'example.com/lb': 'external' });
  expect(service.spec).toMatchObject({
    type: 'LoadBalancer',
    externalTrafficPolicy: 'Local',
    loadBalancerSourceRanges: ['10.0.0.0/8'],
  });
  expect(service.spec.ports.map(({ name }: { name: string }) => name)).toEqual(['http']);
  expect(checkManifests(all)).toEqual([]);
});

test('the headless Service of the metrics ports stays as it is', () => {
  const metricsService = (service?: object) =>
    manifestsOf(shop({ metrics: HEADLESS, ...(service && { service }) })).all.find(
      ({ metadata }) => (metadata as { name: string }).name === 'shop-metrics',
    );
  expect(metricsService({ type: 'NodePort', annotations: { a: 'b' } })).toEqual(metricsService());
});

const OPENED =
  'opens the metrics ports of the workers to clients outside the cluster; set metrics.service to headless, which moves them to a Service of their own';

test.each([
  ['metrics ports on a LoadBalancer', { type: 'LoadBalancer' }, `service.type: a Service of type LoadBalancer ${OPENED}`],
  ['metrics ports on a NodePort', { type: 'NodePort' }, `service.type: a Service of type NodePort ${OPENED}`],
  ['metrics ports on external IPs', { externalIPs: ['192.0.2.1'] }, `service.externalIPs: a Service with external IPs ${OPENED}`],
  ['a name outside the cluster', { type: 'ExternalName' }, 'service.type: expected ClusterIP, NodePort or LoadBalancer, got "ExternalName"'],
  ['the port of a Helm chart', { port: 8080 }, 'service.port: this field is not written here; write http: { servicePort: 80 }'],
  ['a selector', { selector: { app: 'shop' } }, 'service.selector: this field is not written here; write selectorLabels'],
  ['a number as an annotation', { annotations: { weight: 1 } }, 'service.annotations.weight: expected text, got 1; put it in quotes, as you wrote it'],
])('%s is refused', (_, service, message) => {
  expect(problemsOf(shopWith({ service }))).toEqual([message]);
}); // prettier-ignore

test.each([
  ['a LoadBalancer without metrics ports', { metrics: HEADLESS, service: { type: 'LoadBalancer' } }],
  ['a NodePort whose pods a PodMonitor scrapes', { metrics: { monitor: 'PodMonitor' }, service: { type: 'NodePort' } }],
  ['a ClusterIP with session affinity', { service: { sessionAffinity: 'ClientIP' } }],
])('%s is accepted', (_, props) => {
  expect(problemsOf(shopWith(props))).toEqual([]);
}); // prettier-ignore

test('null is as if the field were not there', () => {
  const service = {
    type: null,
    externalIPs: null,
    annotations: null,
  } as unknown as WorkerAppProps['service'];
  const { service: made } = manifestsOf(shop({ service }));
  expect(made.spec).toEqual(manifestsOf(shop()).service.spec);
});
