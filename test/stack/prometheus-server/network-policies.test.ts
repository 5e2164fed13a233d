import { App, Chart } from 'cdk8s';
import { at, listAt, type Manifest } from '../../../src/kubernetes/manifest.js';
import { AlertmanagerCluster } from '../../../src/stack/alertmanager/alertmanager-cluster.js';
import { https, synthesized } from './a-server.js';

test.each([
  ['by default', undefined],
  ['where other clients are named', [{ labels: { app: 'karma' } }]],
  ['where nobody else may', []],
])('its own pods reach each other %s, whatever its name', (_when, clients) => {
  const { all, statefulSet } = synthesized({ ...https, name: 'metrics', clients });
  const [policy] = all('NetworkPolicy');
  const [{ from, ports } = {}] = listAt(policy, 'spec', 'ingress');
  const own = { podSelector: at(statefulSet, 'spec', 'selector') };
  expect(from).toContainEqual(own);
  expect(ports).toEqual([9090, 2112].map((port) => ({ port, protocol: 'TCP' })));
});

test('an AlertmanagerCluster admits the pods of a server by default, whatever its name', () => {
  const { all, statefulSet } = synthesized({ ...https, name: 'metrics', alertmanager: 'am' });
  const pod = at(statefulSet, 'spec', 'template', 'metadata', 'labels');
  const chart = new Chart(new App(), 'test', { disableResourceNameHashes: true });
  new AlertmanagerCluster(chart, 'am', {
    name: 'am',
    namespace: 'monitoring',
    peers: 3,
    config: { route: { receiver: 'team' }, receivers: [{ name: 'team' }] },
  });
  const policy = (chart.toJson() as Manifest[]).find(({ kind }) => kind === 'NetworkPolicy');
  const admitted = listAt(policy, 'spec', 'ingress')
    .filter(({ ports }) => JSON.stringify(ports).includes('9093'))
    .flatMap(({ from }) => from as { podSelector: { matchLabels: object } }[]);
  expect(admitted.filter((peer) => !('namespaceSelector' in peer))).toContainEqual({
    podSelector: { matchLabels: { 'app.kubernetes.io/component': 'prometheus' } },
  });
  expect(pod).toMatchObject({ 'app.kubernetes.io/component': 'prometheus' });
  for (const selector of [
    at(statefulSet, 'spec', 'selector', 'matchLabels'),
    ...all('Service').map((one) => at(one, 'spec', 'selector')),
  ])
    expect(selector).toEqual({
      'app.kubernetes.io/name': 'metrics',
      'app.kubernetes.io/instance': 'metrics',
    });
});
