import { surge, unavailable } from '../../src/worker-app/rollout.js';
import { manifestsOf } from '../manifests-of.js';
import { diagnosticsOf } from '../diagnostics-of.js';
import type { WorkerAppProps } from '../../src/worker-app/worker-app-props.js';

const SHOP = { name: 'shop', image: 'example.com/shop:v1', workers: 2 };

function shop(props: Partial<WorkerAppProps>) {
  return manifestsOf({ ...SHOP, ...props });
}

describe('the rollout', () => {
  test.each([
    [undefined, 4, 1, 1],
    [{ rollingUpdate: { maxSurge: 3 } }, 4, 3, 1],
    [{ rollingUpdate: { maxSurge: '26%', maxUnavailable: '49%' } }, 4, 2, 1],
    [{ type: 'Recreate' }, 4, 0, 4],
  ])('of %j and %i pods adds %i and removes %i', (strategy, replicas, more, fewer) => {
    expect([surge(replicas, strategy), unavailable(replicas, strategy)]).toEqual([more, fewer]);
  });

  test('Recreate replaces the rolling update', () => {
    expect(shop({ strategy: { type: 'Recreate' } }).deployment.spec.strategy).toEqual({ type: 'Recreate' });
  });

  test.each([
    [
      { strategy: { type: 'Recreated' } },
      'strategy.type: expected RollingUpdate or Recreate, got "Recreated"; did you mean "Recreate"?',
    ],
    [
      { strategy: { type: 'Recreate', rollingUpdate: { maxSurge: 1 } } },
      'strategy.rollingUpdate: Recreate has no rolling update; remove it',
    ],
    [
      { strategy: { rollingUpdate: { maxSurge: 'one' } } },
      'strategy.rollingUpdate.maxSurge: expected a number of pods or a percentage such as 25%, got "one"',
    ],
    [
      { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } } },
      'strategy.rollingUpdate: with neither a surplus pod nor a missing one, no pod can be replaced; raise maxSurge or maxUnavailable',
    ],
    [
      { minReadySeconds: 600 },
      'minReadySeconds: a rollout counts as failed after 600 seconds, before a pod can be ready for minReadySeconds (600); lower it, or raise progressDeadlineSeconds',
    ],
    [
      { imagePullSecrets: [{ name: 'registry' }] },
      'imagePullSecrets[0]: expected a DNS subdomain (lowercase letters, digits, "-" and ".", a letter or digit at both ends, at most 253 characters), got a map with name; write only its name: registry',
    ],
  ])('%j is refused', (props, message) => {
    expect(diagnosticsOf(props)).toEqual([`error: ${message}`]);
  });

  test('the target limit follows the surge', () => {
    const limit = {
      replicas: 4,
      metrics: { targetLimit: 4, endpoints: 'per-port' },
      strategy: { type: 'Recreate' },
    };
    expect(diagnosticsOf(limit)).toEqual([]);
    expect(diagnosticsOf({ ...limit, strategy: { rollingUpdate: { maxSurge: 3 } } })[0]).toContain(
      'raise it to 7 or above',
    );
  });

  test('a grace period in which gunicorn cannot end is a warning', () => {
    expect(diagnosticsOf({ gunicorn: { gracefulTimeout: 40 }, terminationGracePeriodSeconds: 45 })).toEqual(
      [],
    );
    expect(diagnosticsOf({ gunicorn: { gracefulTimeout: 40 }, terminationGracePeriodSeconds: 44 })).toEqual([
      'warning: terminationGracePeriodSeconds: gunicorn needs 45 seconds to end: preStop, and gunicorn.gracefulTimeout; after 44 seconds Kubernetes kills it, and requests are lost; raise it to 45, or lower gunicorn.gracefulTimeout',
    ]);
  });

  test('hooks of the container are merged over the preStop of gunicorn', () => {
    const hook = { httpGet: { port: 'http', path: '/drain' } };
    const { container } = shop({ gunicorn: {}, lifecycle: { preStop: hook } });
    expect(container.lifecycle).toEqual({ preStop: hook });
  });
});
