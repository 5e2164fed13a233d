import { https, synthesized } from './a-server.js';

const READ = ['get', 'list', 'watch'];
const DISCOVERY = [
  { apiGroups: [''], resources: ['services', 'endpoints', 'pods'], verbs: READ },
  { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: READ },
];

test('it may look for targets in its own namespace, and nowhere else', () => {
  const { all } = synthesized(https);
  expect(all('ClusterRole')).toEqual([]);
  expect(all('Role')).toMatchObject([
    { metadata: { name: 'prometheus', namespace: 'monitoring' }, rules: DISCOVERY },
  ]);
});

test('it may look for targets in the namespaces that are named', () => {
  const { all } = synthesized({ ...https, discovery: { namespaces: ['app', 'shop'] } });
  const name = 'monitoring-prometheus';
  expect(all('Role')).toMatchObject([
    { metadata: { name, namespace: 'app' } },
    { metadata: { name, namespace: 'shop' } },
  ]);
  const subjects = [{ kind: 'ServiceAccount', name: 'prometheus', namespace: 'monitoring' }];
  expect(all('RoleBinding')).toMatchObject([
    { metadata: { name, namespace: 'app' }, roleRef: { kind: 'Role', name }, subjects },
    { metadata: { name, namespace: 'shop' }, roleRef: { kind: 'Role', name }, subjects },
  ]);
});

test('with discovery: { cluster: true } it may look for targets in the whole cluster, nodes too', () => {
  const { all } = synthesized({ ...https, discovery: { cluster: true } });
  expect(all('Role')).toEqual([]);
  expect(all('ClusterRole')).toMatchObject([
    {
      metadata: { name: 'monitoring-prometheus' },
      rules: [
        ...DISCOVERY,
        { apiGroups: [''], resources: ['nodes'], verbs: READ },
        { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] },
      ],
    },
  ]);
});
