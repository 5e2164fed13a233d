import { checkManifests } from '../../../src/checks/check-manifests.js';
import { formatMessage } from '../../../src/diagnostics/diagnostic.js';

const refused = (port: object, apiVersion = 'networking.k8s.io/v1') =>
  checkManifests([
    {
      apiVersion,
      kind: 'NetworkPolicy',
      metadata: { name: 'web' },
      spec: { podSelector: {}, ingress: [{}, { ports: [{ port: 80 }, port] }], egress: [{ ports: [port] }] },
    },
  ]).flatMap((found) => (found.rejectedBy === undefined ? [] : `${found.field}: ${formatMessage(found)}`));

// Each was sent to the API server of Kubernetes 1.34: it refuses them.
test.each([
  [{ port: 80, protocol: 'tcp' }, '"tcp"'],
  [{ protocol: 'HTTP' }, '"HTTP"'],
  [{ protocol: '' }, '""'],
])('the API server refuses the port %j of a NetworkPolicy', (port, got) => {
  expect(refused(port)).toEqual([
    `spec.ingress[1].ports[1].protocol: expected TCP, UDP or SCTP, got ${got}`,
    `spec.egress[0].ports[0].protocol: expected TCP, UDP or SCTP, got ${got}`,
  ]);
});

// Each was sent to the API server of Kubernetes 1.34, except the variable: it accepts them.
test.each([[{ port: 80, protocol: 'UDP' }], [{ port: 80, protocol: null }], [{ protocol: '${PROTOCOL}' }]])(
  'the API server accepts the port %j of a NetworkPolicy',
  (port) => {
    expect(refused(port)).toEqual([]);
  },
);

test('a NetworkPolicy of Calico has more protocols', () => {
  expect(refused({ protocol: 'ICMP' }, 'projectcalico.org/v3')).toEqual([]);
});
