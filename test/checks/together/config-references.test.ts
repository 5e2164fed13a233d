import { checkManifests } from '../../../src/checks/check-manifests.js';
import { formatDiagnostic } from '../../../src/diagnostics/diagnostic.js';
import { manifestsOf } from '../../manifests-of.js';
import type { WorkerAppProps } from '../../../src/worker-app/worker-app-props.js';

const FEATURES = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'shop-features' },
  data: { A: 'b', 'app.ini': 'x' },
};
const SECRET = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'shop' },
  stringData: { password: 'x' },
};

function found(props: Partial<WorkerAppProps>, objects: readonly object[] = [FEATURES, SECRET]): string[] {
  const { all } = manifestsOf({ name: 'shop', image: 'a/b:1', workers: 2, objects, ...props } as never);
  return checkManifests(all).map((one) => `${one.severity}: ${formatDiagnostic(one)}`);
}

const mounting = (source: object, mount: object = {}) =>
  ({ volumes: { f: { ...source, mountPath: '/f', ...mount } } }) as Partial<WorkerAppProps>;

describe('a key that the ConfigMap or Secret among the manifests does not have is an error', () => {
  test.each<[string, Partial<WorkerAppProps>, string]>([
    [
      'in env',
      { env: { X: { configMap: 'shop-features', key: 'B' } } },
      'configMapKeyRef.key: ConfigMap shop-features has no key "B": the container does not start; did you mean "A"?',
    ],
    [
      'in env of a Secret',
      { env: { X: { secret: 'shop', key: 'pasword' } } },
      'secretKeyRef.key: Secret shop has no key "pasword": the container does not start; did you mean "password"?',
    ],
    [
      'in a volume',
      mounting({ configMap: { name: 'shop-features', items: [{ key: 'aap.ini', path: 'a' }] } }),
      'configMap.items[0].key: ConfigMap shop-features has no key "aap.ini": the container does not start; did you mean "app.ini"?',
    ],
    [
      'in a projected volume',
      mounting({
        projected: { sources: [{ secret: { name: 'shop', items: [{ key: 'token', path: 'a' }] } }] },
      }),
      'projected.sources[0].secret.items[0].key: Secret shop has no key "token": the container does not start; known are password',
    ],
    [
      'in a process',
      { processes: { w: { command: ['a'], env: { X: { secret: 'shop', key: 'passwort' } } } } },
      'Deployment default/shop-w: spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef.key: Secret shop has no key',
    ],
  ])('%s', (_, props, message) => {
    const errors = found(props).filter((line) => line.startsWith('error'));
    expect(errors).toEqual([expect.stringContaining(message)]);
  });
});

describe('a reference to a missing object is a warning', () => {
  test.each<[string, Partial<WorkerAppProps>, string]>([
    [
      'an object whose name is similar to one that nothing reads',
      { envFrom: [{ configMap: 'shop-featurs' }] },
      'envFrom[0].configMapRef: no ConfigMap "shop-featurs" is among the manifests; did you mean "shop-features"?',
    ],
    [
      'a file of a volume',
      mounting({ configMap: { name: 'shop-features' } }, { subPath: 'ap.ini' }),
      'subPath: the volume has no file "ap.ini": the container gets an empty folder in its place; did you mean "app.ini"?',
    ],
  ])('%s', (_, props, message) => {
    expect(found(props, [FEATURES])).toEqual([expect.stringMatching(/^warning: /)]);
    expect(found(props, [FEATURES])[0]).toContain(message);
  });
});

describe('there is no diagnostic about', () => {
  test.each<[string, Partial<WorkerAppProps>, readonly object[]]>([
    ['keys that exist', { ...mounting({ configMap: { name: 'shop-features' } }, { subPath: 'app.ini' }), env: { X: { configMap: 'shop-features', key: 'A' } } }, [FEATURES]],
    ['a name from which that of another object was made', { envFrom: [{ secret: 'shop' }, { configMap: 'shop' }] }, [{ ...SECRET, type: 'kubernetes.io/tls', metadata: { name: 'shop-tls' } }, { ...FEATURES, metadata: { name: 'shop-dashboards' } }]],
    ['optional references', { env: { X: { configMap: 'shop-features', key: 'B', optional: true } }, envFrom: [{ configMap: 'shop-featurs', optional: true }] }, [FEATURES]],
    ['objects that are not among the manifests', { env: { X: { secret: 'other', key: 'a' } }, envFrom: [{ configMap: 'database' }] }, [FEATURES]],
    ['a similar name beside one that another container reads', { envFrom: [{ configMap: 'shop-features' }, { configMap: 'shop-features-2' }] }, [FEATURES]],
    ['objects without data, which a controller may fill', { env: { X: { configMap: 'ca', key: 'ca.crt' } } }, [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'ca' } }]],
    ['keys that a controller generates', { env: { X: { secret: 'shop', key: 'token' } } }, [{ ...SECRET, metadata: { name: 'shop', annotations: { 'secret-generator.v1.mittwald.de/autogenerate': 'token' } } }]],
    ['keys that an ExternalSecret adds', { env: { X: { secret: 'shop', key: 'token' } } }, [SECRET, { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'shop-token' }, spec: { target: { name: 'shop', creationPolicy: 'Merge' } } }]],
    ['an empty subPath, as Helm charts write it', mounting({ configMap: { name: 'shop-features' } }, { subPath: '' }), [FEATURES]],
    ['a subPath with ".."', mounting({ configMap: { name: 'shop-features' } }, { subPath: './app.ini' }), [FEATURES]],
    ['a folder of paths', mounting({ configMap: { name: 'shop-features', items: [{ key: 'A', path: 'd/a' }] } }, { subPath: 'd' }), [FEATURES]],
    ['objects of another namespace', { namespace: 'x', env: { X: { configMap: 'shop-features', key: 'B' } } }, [{ ...FEATURES, metadata: { name: 'shop-features', namespace: 'y' } }]],
  ])('%s', (_, props, objects) => {
    expect(found(props, objects)).toEqual([]);
  });
}); // prettier-ignore
