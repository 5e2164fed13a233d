import { synthesize } from '../../charts/synthesize.js';
import { patchesFor } from '../../src/import-helm/compare/patches.js';
import { applyPatch } from '../../src/user-objects/patch.js';
import { parseValues } from '../../src/values/parse-values.js';
import { deployment, Manifests, SELECTOR, SERVICE, text } from './manifests.js';

let chart: Manifests;
beforeEach(() => (chart = new Manifests()));
afterEach(() => chart.remove());

const HTTPS = { name: 'https', port: 443, targetPort: 9443 };
const service = (...ports: object[]) => ({
  ...SERVICE,
  spec: { selector: SELECTOR, ports: [...SERVICE.spec.ports, ...ports] },
});

test.each([
  ['that has a name', { name: 'https', containerPort: 9443 }],
  ['without a name', { containerPort: 9443 }],
  ['with another name', { name: 'tls', containerPort: 9443 }],
])('a targetPort that is the number of a container port %s is no difference', (_, port) => {
  const name = 'name' in port ? port.name : 'https';
  const web = deployment({}, { ports: [{ name: 'web', containerPort: 8000 }, port] });
  expect(chart.result(text(web, service({ ...HTTPS, name })))).toMatchObject({ patches: 0, losses: [] });
});

test('a patch of a list tests its item: with one more item before it, the values are refused', () => {
  const web = deployment(
    {},
    {
      ports: [
        { name: 'web', containerPort: 8000 },
        { name: 'https', containerPort: 9443 },
      ],
    },
  );
  const { text: values } = chart.result(text(web, service({ ...HTTPS, appProtocol: 'https' })));
  const refused = (given: string) =>
    [...synthesize(parseValues([{ file: 'values.yaml', text: given }]).values)].flatMap(({ errors }) =>
      errors.map(({ message }) => message),
    );

  expect(refused(values)).toEqual([]);
  expect(refused(values.replace('\nports:\n', '\nports:\n  admin: 9000\n'))).toEqual([
    expect.stringMatching(/\/spec\/ports\/1\/name/),
  ]);
});

test('patches of several items of a list reach each of them', () => {
  const names = Array.from({ length: 12 }, (_, i) => `p${i}`);
  const ours = {
    kind: 'Service',
    metadata: { name: 'web' },
    spec: { ports: names.map((name) => ({ name })) },
  };
  const removed = ['p1', 'p2', 'p10'].map((name) => ({
    path: ['spec', 'ports', `[${name}]`],
    theirs: undefined,
  }));
  const changed = { path: ['spec', 'ports', '[p11]', 'port'], theirs: 80 };

  const [patch] = patchesFor(
    [...removed, changed].map((one) => ({ kind: 'Service', name: 'web', ours: {}, ...one })),
    [ours],
  );
  if (patch === undefined) throw new Error('no patch');

  expect(applyPatch(ours, patch)).toMatchObject({
    spec: {
      ports: [
        ...names.filter((name) => !['p1', 'p2', 'p10', 'p11'].includes(name)).map((name) => ({ name })),
        { name: 'p11', port: 80 },
      ],
    },
  });
});
