import type { Manifest } from '../../src/checks/manifest.js';
import {
  byApp,
  findings,
  labels,
  podMonitor,
  service,
  serviceMonitor,
  template,
  workload,
} from './manifests-of-others.js';

test.each<[string, Manifest]>([
  ['Pod', { ...workload('Pod', template.spec), metadata: { name: 'web', namespace: 'shop', labels } }],
  ['ReplicaSet', workload('ReplicaSet')],
  ['StatefulSet', workload('StatefulSet')],
  ['DaemonSet', workload('DaemonSet')],
  [
    'ReplicationController',
    { ...workload('ReplicationController', { selector: labels, template }), apiVersion: 'v1' },
  ],
  ['Job', workload('Job', { template })],
  ['CronJob', workload('CronJob', { jobTemplate: { spec: { template } } })],
])('the pods of a %s are scraped, or not', (kind, manifest) => {
  expect(findings(manifest, service, serviceMonitor({}))).toEqual([]);
  expect(findings(manifest)).toHaveLength(2);
  expect(findings(manifest)[0]).toMatch(
    new RegExp(`^${kind} shop/web: .*containers\\[0\\]\\.ports\\[1\\]: metrics-1`),
  );
});

test('two Deployments behind one Service, as in a canary rollout, are scraped once each', () => {
  const canary = { ...workload(), metadata: { name: 'web-canary', namespace: 'shop' } };
  expect(findings(workload(), canary, service, serviceMonitor({}))).toEqual([]);
});

test('a port named metrics must be scraped too, and no numbers are expected with it', () => {
  const spec = {
    containers: [{ name: 'web', image: 'web', ports: [{ name: 'metrics', containerPort: 9000 }] }],
  };
  const one = workload('Deployment', { selector: byApp, template: { metadata: { labels }, spec } });
  expect(findings(one)).toEqual([
    'Deployment shop/web: spec.template.spec.containers[0].ports[0]: metrics (9000) is not scraped: no endpoint of a ServiceMonitor or PodMonitor leads to it',
  ]);
  expect(findings(one, podMonitor({ podMetricsEndpoints: [{ port: 'metrics' }] }))).toEqual([]);
});

test('pods without metrics ports need no monitor', () => {
  const spec = {
    containers: [{ name: 'web', image: 'web', ports: [{ name: 'http', containerPort: 8000 }] }],
  };
  expect(
    findings(workload('Deployment', { selector: byApp, template: { metadata: { labels }, spec } })),
  ).toEqual([]);
});
