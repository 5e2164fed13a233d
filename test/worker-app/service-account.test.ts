import { manifestsOf } from '../manifests-of.js';
import { diagnosticsOf } from '../diagnostics-of.js';
import type { WorkerAppProps } from '../../src/worker-app/worker-app-props.js';

const SHOP = { name: 'shop', image: 'example.com/shop:v1', workers: 2 };

function shop(props: Partial<WorkerAppProps>) {
  return manifestsOf({ ...SHOP, ...props });
}

describe('a service account', () => {
  const objects = (props: Partial<WorkerAppProps>, ...kinds: readonly string[]) =>
    shop(props).all.filter(({ kind }) => kinds.includes(String(kind)));

  test.each<[WorkerAppProps['serviceAccount'], string, boolean]>([
    ['robot', 'robot', false],
    [{}, 'shop', false],
    [{ name: 'robot', automountToken: true }, 'robot', true],
  ])('%j is used, and not created', (serviceAccount, name, automountServiceAccountToken) => {
    expect(shop({ serviceAccount }).pod).toMatchObject({
      serviceAccountName: name,
      automountServiceAccountToken,
    });
    expect(objects({ serviceAccount }, 'ServiceAccount')).toEqual([]);
  });

  test('is created with its rights', () => {
    const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }];
    const serviceAccount = { create: true, annotations: { 'example.com/role': 'shop' }, rules };
    const metadata = expect.objectContaining({ name: 'shop', namespace: 'default' });
    expect(objects({ serviceAccount }, 'ServiceAccount', 'Role', 'RoleBinding')).toEqual([
      expect.objectContaining({
        kind: 'ServiceAccount',
        metadata: expect.objectContaining({ annotations: { 'example.com/role': 'shop' } }),
      }),
      expect.objectContaining({ kind: 'Role', metadata, rules }),
      expect.objectContaining({
        kind: 'RoleBinding',
        metadata,
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'shop' },
        subjects: [{ kind: 'ServiceAccount', name: 'shop', namespace: 'default' }],
      }),
    ]);
  });

  test('that is not created gets no annotations', () => {
    expect(diagnosticsOf({ serviceAccount: { name: 'robot', annotations: { a: 'b' } } })).toEqual([
      'error: serviceAccount.annotations: only a ServiceAccount that is created here gets annotations; set serviceAccount.create to true, or remove them',
    ]);
  });
});
