import { formatMessage } from '../../../src/diagnostics/diagnostic.js';
import { lostByMerging } from '../../../src/output/diff/merged-lists.js';

const [TCP, UDP] = [
  { name: 'tcp', port: 53, protocol: 'TCP' },
  { name: 'udp', port: 53, protocol: 'UDP' },
];
const WEB = { name: 'web', port: 80 };

const service = (...ports: object[]) => ({ apiVersion: 'v1', kind: 'Service', spec: { ports } });
const pods = (container: object, spec: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  spec: { template: { spec: { containers: [{ name: 'app', ...container }], ...spec } } },
});
const custom = (...ports: object[]) => ({ ...service(...ports), apiVersion: 'example.com/v1' });

const lost = (list: string, key: string, name: string, remedy = 'apply with --server-side') => [
  `a client-side kubectl apply merges ${list} by ${key}, and may lose one of the items with ${key} ${name}; ${remedy}`,
];

test.each<[string, object, object, string[]]>([
  ['two ports of one number are added', service(WEB), service(WEB, TCP, UDP), lost('spec.ports', 'port', '53')],
  ['a port gets a second protocol', service(WEB, TCP), service(WEB, TCP, UDP), lost('spec.ports', 'port', '53')],
  ['one of two protocols is removed', service(TCP, UDP), service(UDP), lost('spec.ports', 'port', '53')],
  ['one of two protocols is changed', service(TCP, UDP), service(TCP, { ...UDP, targetPort: 5 }), lost('spec.ports', 'port', '53')],
  ['both protocols stay', service(TCP, UDP), service(WEB, TCP, UDP), []],
  ['both protocols go', service(WEB, TCP, UDP), service(WEB), []],
  ['a port changes', service(WEB), service({ ...WEB, targetPort: 8080 }), []],
  ['a custom resource is replaced as a whole', custom(WEB), custom(WEB, TCP, UDP), []],
  [
    'a container gets two ports of one number',
    pods({}),
    pods({ ports: [{ containerPort: 53 }, { containerPort: 53, protocol: 'UDP' }] }),
    lost('spec.template.spec.containers.ports', 'containerPort', '53'),
  ],
  [
    'a variable is given twice',
    pods({ env: [{ name: 'A', value: '1' }] }),
    pods({ env: [{ name: 'A', value: '1' }, { name: 'A', value: '2' }] }),
    lost('spec.template.spec.containers.env', 'name', '"A"', 'keep one of them'),
  ],
  [
    'pods are spread twice over one domain',
    pods({}),
    pods({}, { topologySpreadConstraints: [{ topologyKey: 'zone', maxSkew: 1 }, { topologyKey: 'zone', maxSkew: 2 }] }),
    lost('spec.template.spec.topologySpreadConstraints', 'topologyKey', '"zone"'),
  ],
])('where %s, a warning names the items that kubectl apply may lose', (_, before, after, warnings) => {
  expect(lostByMerging(before as never, after as never).map(formatMessage)).toEqual(warnings);
}); // prettier-ignore
