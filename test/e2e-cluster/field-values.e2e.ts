import { trace } from '../../src/checks/trace/trace.js';
import { textAt, type Manifest } from '../../src/kubernetes/manifest.js';
import { changedObjects } from '../checks/changed-objects.js';
import { WHOLE_OBJECTS } from '../checks/whole-objects.js';
import { ApiError } from './cluster/api.js';
import { ControlPlane } from './cluster/control-plane.js';

let plane: ControlPlane;

beforeAll(async () => {
  plane = await ControlPlane.start();
  await plane.api.create('/api/v1/namespaces/default/serviceaccounts', { metadata: { name: 'default' } });
});

afterAll(() => plane?.end());

/** Whether the API server refuses to create an object. */
async function isRefused(manifest: Manifest): Promise<boolean> {
  const [version = '', kind = ''] = ['apiVersion', 'kind'].map((field) => textAt(manifest, field));
  const root = version === 'v1' ? '/api/v1' : `/apis/${version}`;
  const kinds = kind.toLowerCase().replace(/y$/, 'ie').replace(/ss$/, 'sse');
  try {
    await plane.api.create(`${root}/namespaces/default/${kinds}s?dryRun=All`, manifest);
    return false;
  } catch (error) {
    if (error instanceof ApiError && error.isRefusal) return true;
    throw error;
  }
}

const traceRefuses = (manifest: Manifest) =>
  trace([manifest]).diagnostics.some(({ rejectedBy }) => rejectedBy === 'API server');

async function refusedOf<Case extends { readonly manifest: Manifest }>(
  cases: readonly Case[],
): Promise<Case[]> {
  const answers = await Promise.all(cases.map(({ manifest }) => isRefused(manifest)));
  return cases.filter((_, i) => answers[i]);
}

const names = (cases: readonly { readonly name: string }[]) => cases.map(({ name }) => name);

test('kube-apiserver accepts the whole objects', async () => {
  expect(await refusedOf(WHOLE_OBJECTS.map((manifest) => ({ manifest })))).toEqual([]);
});

test('kube-apiserver refuses each object that trace refuses', async () => {
  const judged = changedObjects().filter(({ manifest }) => traceRefuses(manifest));
  expect(judged.length).toBeGreaterThan(100);
  expect(names(await refusedOf(judged))).toEqual(names(judged));
});

test('trace refuses each object without a required field that kube-apiserver refuses', async () => {
  const refused = await refusedOf(changedObjects().filter(({ lacksRequired }) => lacksRequired));
  expect(names(refused.filter(({ manifest }) => traceRefuses(manifest)))).toEqual(names(refused));
});
