import { formatFinding } from '../../src/checks/manifest.js';
import { checkVolumes } from '../../src/checks/volumes.js';

const container = { name: 'app', volumeMounts: [{ name: 'data', mountPath: '/data' }] };
const workload = (kind: string, pod: object, spec: object = {}) => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name: 'app', namespace: 'shop' },
  spec: { ...spec, template: { spec: { containers: [container], ...pod } } },
});

test.each([
  ['a volume of the pod', workload('Deployment', { volumes: [{ name: 'data' }] })],
  ['a claim of the StatefulSet', workload('StatefulSet', {}, { volumeClaimTemplates: [{ metadata: { name: 'data' } }] })],
])('%s can be mounted', (_what, manifest) => {
  expect(checkVolumes(manifest)).toEqual([]);
}); // prettier-ignore

test('a mount of a volume that is none is found', () => {
  expect(checkVolumes(workload('Deployment', { volumes: [{ name: 'date' }] })).map(formatFinding)).toEqual([
    'Deployment shop/app: spec.template.spec.containers[0].volumeMounts[0].name: there is no volume "data" (date)',
  ]);
});
