import { afterwards, type DiagnosticCase, type FineCase } from '../one-change.js';

const DNS_LABEL =
  'a DNS label (lowercase letters, digits and "-", no "-" first or last, at most 63 characters)';
const PORT_NAME =
  'a port name (lowercase letters, digits and single "-" between them, a letter somewhere, at most 15 characters)';
const PORT = 'a whole number from 1 to 65535';

test.each<DiagnosticCase>([
  [
    'a protocol of the application',
    ({ all }) => all.push({ ...headless(), spec: { ports: [{ port: 80, protocol: 'HTTP' }] } }),
    'Service default/a: spec.ports[0].protocol: expected TCP, UDP or SCTP, got "HTTP"',
  ],
  [
    'a protocol of the application, for a port that the pods have',
    ({ service }) => (service.spec.ports[0].protocol = 'HTTP'),
    'Service default/shop: spec.ports[0].protocol: expected TCP, UDP or SCTP, got "HTTP"',
  ],
  [
    'a Service without ports',
    ({ all }) => all.push({ ...headless(), spec: { selector: { a: 'b' } } }),
    'Service default/a: spec.ports: missing; expected at least one port',
  ],
  [
    'a Service port that there is not',
    ({ service }) => service.spec.ports.push({ name: 'admin', port: 99_999, targetPort: 'http' }),
    `Service default/shop: spec.ports[3].port: expected ${PORT}, got 99999`,
  ],
  [
    'a Service port twice',
    ({ service }) => service.spec.ports.push({ name: 'admin', port: 80, targetPort: 'http' }),
    'Service default/shop: spec.ports[3].port: TCP 80 is used by another port too',
  ],
  [
    'a Service port name twice',
    ({ service }) => service.spec.ports.push({ name: 'http', port: 81, targetPort: 'http' }),
    'Service default/shop: spec.ports[3].name: http is the name of another port too',
  ],
  [
    'a Service port without a name, beside others',
    ({ service }) => service.spec.ports.push({ port: 81, targetPort: 'http' }),
    `Service default/shop: spec.ports[3].name: missing; expected ${DNS_LABEL}`,
  ],
  [
    'a target port name above 15 characters',
    ({ service }) => service.spec.ports.push({ name: 'admin', port: 81, targetPort: 'metrics-and-more' }),
    `Service default/shop: spec.ports[3].targetPort: expected ${PORT_NAME}, or ${PORT}, got "metrics-and-more"`,
  ],
])('%s is found, and nothing else', (_, change, ...found) => {
  expect(afterwards(change)).toEqual(found);
});

test.each<FineCase>([
  [
    'a template as the protocol',
    ({ all }) =>
      all.push({ ...headless(), spec: { ports: [{ port: 80, protocol: '{{ .Values.protocol }}' }] } }),
  ],
  [
    'an empty name, target and protocol, as none',
    ({ all }) =>
      all.push({ ...headless(), spec: { ports: [{ port: 80, name: '', targetPort: '', protocol: '' }] } }),
  ],
  [
    'the target 0, as none',
    ({ all }) => all.push({ ...headless(), spec: { ports: [{ port: 80, targetPort: 0 }] } }),
  ],
  ['a single Service port without a name', ({ all }) => all.push(headless())],
  ['a headless Service without ports', ({ all }) => all.push({ ...headless(), spec: { clusterIP: 'None' } })],
  [
    'a Service that is a name elsewhere, without ports',
    ({ all }) => all.push({ ...headless(), spec: { type: 'ExternalName', externalName: 'db.example.com' } }),
  ],
])('%s is fine', (_, change) => {
  expect(afterwards(change)).toEqual([]);
});

function headless() {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' }, spec: { ports: [{ port: 80 }] } };
}
