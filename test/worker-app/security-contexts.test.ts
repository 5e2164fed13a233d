import { manifestsOf } from '../manifests-of.js';
import { diagnosticsOf } from '../diagnostics-of.js';
import type { WorkerAppProps } from '../../src/worker-app/worker-app-props.js';

const SHOP = { name: 'shop', image: 'example.com/shop:v1', workers: 2 };

function shop(props: Partial<WorkerAppProps>) {
  return manifestsOf({ ...SHOP, ...props });
}

describe('security contexts', () => {
  test('are merged over ours, and null removes a field', () => {
    const { pod, container } = shop({
      podSecurityContext: { fsGroup: 7, seccompProfile: null } as never,
      containerSecurityContext: { readOnlyRootFilesystem: false },
    });
    expect(pod.securityContext).toEqual({
      fsGroup: 7,
      runAsGroup: 1000,
      runAsNonRoot: true,
      runAsUser: 1000,
    });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: false,
    });
  });

  test.each([
    [{ podSecurityContext: { runAsUser: 0 } }, 'podSecurityContext'],
    [{ containerSecurityContext: { runAsUser: 0 } }, 'containerSecurityContext'],
  ])('with a root that cannot start are refused: %j', (props, key) => {
    expect(diagnosticsOf(props)).toEqual([
      `error: ${key}.runAsUser: no container starts as root while runAsNonRoot is true; set ${key}.runAsNonRoot to false, too`,
    ]);
  });

  test('a root that may start is a note', () => {
    expect(
      diagnosticsOf({ containerSecurityContext: { runAsUser: 0, runAsNonRoot: false } }).map((line) =>
        line.slice(0, 5),
      ),
    ).toEqual(['note:', 'note:']);
  });

  test('no user in two places is allowed', () => {
    expect(diagnosticsOf({ runAsUser: null, podSecurityContext: { runAsUser: null } })).toEqual([]);
  });

  test('a user in two places is refused', () => {
    expect(diagnosticsOf({ runAsUser: 5, podSecurityContext: { runAsUser: 6 } })).toEqual([
      'error: podSecurityContext.runAsUser: runAsUser sets the user, too; remove one of the two',
    ]);
  });
});
