import { manifestsOf } from '../manifests-of.js';
import { diagnosticsOf } from '../diagnostics-of.js';
import type { WorkerAppProps } from '../../src/worker-app/worker-app-props.js';

const SHOP = { name: 'shop', image: 'example.com/shop:v1', workers: 2 };

function shop(props: Partial<WorkerAppProps>) {
  return manifestsOf({ ...SHOP, ...props });
}

describe('fields without a key', () => {
  test('are set as they are', () => {
    const { pod, container } = shop({
      podSpec: { shareProcessNamespace: true },
      containerSpec: { tty: true },
    });
    expect(pod.shareProcessNamespace).toBe(true);
    expect(container.tty).toBe(true);
  });

  test.each([
    [
      { podSpec: { nodeSelector: {} } },
      'podSpec.nodeSelector: this field is not written here; write nodeSelector',
    ],
    [
      { podSpec: { securityContext: {} } },
      'podSpec.securityContext: this field is not written here; write podSecurityContext',
    ],
    [{ containerSpec: { image: 'a' } }, 'containerSpec.image: this field is not written here; write image'],
    [
      { podSpec: { ephemeralContainers: [] } },
      'podSpec.ephemeralContainers: this field is not written here; `kubectl debug` adds them to a running pod',
    ],
    [
      { podSpec: { hostNetwork: 'yes' } },
      'podSpec.hostNetwork: expected true or false, got "yes"; write hostNetwork: true',
    ],
    [
      { podSpec: { hostNetwrok: true } },
      'podSpec.hostNetwrok: a PodSpec of Kubernetes 1.28 has no such field; did you mean "hostNetwork"?',
    ],
  ])('that have one are refused with the key: %j', (props, message) => {
    expect(diagnosticsOf(props)).toEqual([`error: ${message}`]);
  });
});
