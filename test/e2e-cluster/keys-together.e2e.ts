import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { loadOperatorModels } from '../../src/alertmanager/operator-models.js';
import { isScoped } from '../../src/kubernetes/identity.js';
import { namespaceOf } from '../../src/kubernetes/manifest.js';
import { toYaml } from '../../src/output/to-yaml.js';
import { KEYS } from '../../src/worker-app/keys/index.js';
import { validPart, type Document } from '../worker-app/valid-part.js';
import { ControlPlane } from './cluster/control-plane.js';
import { addCustomResources, addNamespace } from './cluster/prepare.js';

const DOCUMENTS = 30;

let plane: ControlPlane;
let folder: string;
const namespaces = new Set(['default']);

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'keys-together-'));
  await loadOperatorModels();
  plane = await ControlPlane.start();
  await addCustomResources(plane);
});

afterAll(async () => {
  await plane?.end();
  rmSync(folder, { recursive: true, force: true });
});

const keys = Object.entries(KEYS);
/** Some of the keys, each with its example: of the other values, a schema accepts some that the API server refuses. */
const someExamples = fc.subarray(keys.filter(([, { isRequired }]) => !isRequired)).map((some): Document => ({
  ...Object.assign({}, ...some.map(([, { needs }]) => needs)),
  ...Object.fromEntries(
    [...keys.filter(([, { isRequired }]) => isRequired), ...some].map(([name, { example }]) => [
      name,
      example,
    ]),
  ),
}));

/** `FAST_CHECK_SEED` tries other documents. */
const seed = Number(process.env.FAST_CHECK_SEED ?? 20_260_101);

test.each(fc.sample(someExamples, { seed, numRuns: DOCUMENTS }).map((props, i) => [i, props]))(
  'the API server takes the manifests of any keys together: document %i',
  async (_, props) => {
    const { manifests } = await validPart(props as Document);
    for (const namespace of new Set(manifests.filter((one) => !isScoped(one)).map(namespaceOf))) {
      if (!namespaces.has(namespace)) await addNamespace(plane, namespace, 'privileged');
      namespaces.add(namespace);
    }
    const file = path.join(folder, 'manifests.yaml');
    writeFileSync(file, toYaml(manifests));

    const { exitCode, stderr } = await plane.kubectl.run(
      'apply',
      '--server-side',
      '--dry-run=server',
      '--validate=strict',
      '--filename',
      file,
    );

    expect({ exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, stderr: '' });
  },
);
