import type { WorkerAppProps } from '../../src/worker-app/worker-app-props.js';
import { manifestsOf } from '../manifests-of.js';
import { diagnosticsOf } from '../diagnostics-of.js';

const SHOP = { name: 'shop', image: 'example.com/shop:v1', workers: 2 };

function shop(props: Partial<WorkerAppProps>) {
  return manifestsOf({ ...SHOP, ...props });
}

const TMP = { name: 'tmp', mountPath: '/tmp' };

describe('volumes', () => {
  test('an entry makes the volume and its mount', () => {
    const { pod, container } = shop({
      volumes: {
        settings: { configMap: { name: 'settings' }, mountPath: '/etc/shop', subPath: 'a', readOnly: true },
      },
    });
    expect(pod.volumes).toEqual([
      { name: 'tmp', emptyDir: {} },
      { name: 'settings', configMap: { name: 'settings' } },
    ]);
    expect(container.volumeMounts).toEqual([
      TMP,
      { name: 'settings', mountPath: '/etc/shop', subPath: 'a', readOnly: true },
    ]);
  });

  test('mounts mounts the volume in several places', () => {
    const { container } = shop({
      volumes: {
        data: {
          emptyDir: {},
          mounts: [{ mountPath: '/a' }, { mountPath: '/b', subPath: 'b', readOnly: true }],
        },
      },
    });
    expect(container.volumeMounts.slice(1)).toEqual([
      { name: 'data', mountPath: '/a' },
      { name: 'data', mountPath: '/b', subPath: 'b', readOnly: true },
    ]);
  });

  test('a volume without a path is for other containers', () => {
    const { pod, container } = shop({
      volumes: { shared: { emptyDir: { medium: 'Memory' } } },
      sidecars: { nginx: { image: 'nginx:1', volumeMounts: [{ name: 'shared', mountPath: '/a' }] } },
    });
    expect(pod.volumes[1]).toEqual({ name: 'shared', emptyDir: { medium: 'Memory' } });
    expect(container.volumeMounts).toEqual([TMP]);
  });

  test('one at /tmp replaces ours', () => {
    const { pod, container } = shop({
      volumes: { tmp: { emptyDir: { sizeLimit: '1Gi' }, mountPath: '/tmp/' } },
    });
    expect(pod.volumes).toEqual([{ name: 'tmp', emptyDir: { sizeLimit: '1Gi' } }]);
    expect(container.volumeMounts).toEqual([{ name: 'tmp', mountPath: '/tmp/' }]);
  });

  test.each([
    [
      [{ name: 'data', emptyDir: {}, mountPath: '/data' }],
      'volumes: expected a map, got a list; write names as keys: { data: { emptyDir: {}, mountPath: "/data" } }',
    ],
    [
      { data: { mountPath: '/a' } },
      'volumes.data: missing; expected one volume source, such as emptyDir, configMap, secret, persistentVolumeClaim or claim',
    ],
    [
      { data: { emptyDir: {}, secret: { secretName: 'a' }, mountPath: '/a' } },
      'volumes.data.secret: a volume has one source, and this one has emptyDir, too; remove one of the two',
    ],
    [
      { data: { emptyDirr: {}, mountPath: '/a' } },
      'volumes.data.emptyDirr: a Volume of Kubernetes 1.28 has no such field; did you mean "emptyDir"?',
    ],
    [
      { data: { name: 'data', emptyDir: {}, mountPath: '/a' } },
      'volumes.data.name: this field is not written here; the key is the name of the volume: remove it',
    ],
    [
      { data: { emptyDir: { size: '1Gi' }, mountPath: '/a' } },
      'volumes.data.emptyDir.size: an EmptyDirVolumeSource of Kubernetes 1.28 has no such field; did you mean "sizeLimit"?',
    ],
    [
      { data: { emptyDir: {}, subPath: 'a' } },
      'volumes.data.mountPath: missing; expected a path in the container; subPath belongs to a mount',
    ],
    [
      { data: { emptyDir: {}, mountPath: '/a', mounts: [{ mountPath: '/b' }] } },
      'volumes.data.mountPath: mounts has the places of this volume; write mountPath in an item of mounts, or remove mounts',
    ],
    [
      { data: { emptyDir: {}, mounts: [{ mountPath: '/b', subPath: '../c' }] } },
      'volumes.data.mounts[0].subPath: expected a relative path in the volume, without "..", got "../c"',
    ],
    [
      { data: { emptyDir: {}, mounts: [{ name: 'data', mountPath: '/b' }] } },
      'volumes.data.mounts[0].name: this field is not written here; the volume around it is mounted: remove it',
    ],
    [
      { one: { emptyDir: {}, mountPath: '/a' }, two: { emptyDir: {}, mountPath: '/a/' } },
      'volumes.two.mountPath: volumes.one.mountPath is mounted at /a, too; choose another path',
    ],
    [
      { tmp: { emptyDir: {}, mountPath: '/a' } },
      'volumes.tmp: every application has a volume of this name; choose another name, or mount it at /tmp',
    ],
    [
      { settings: { configMap: { name: 'a' }, mountPath: '/tmp' } },
      'volumes.settings.mountPath: the application must be able to write to /tmp, and this volume is read-only; choose another path, or a volume that can be written, such as emptyDir',
    ],
    [
      { data: { emptyDir: {}, mounts: [{ mountPath: '/tmp', readOnly: true }] } },
      'volumes.data.mounts[0].mountPath: the application must be able to write to /tmp, and this volume is read-only; choose another path, or a volume that can be written, such as emptyDir',
    ],
  ])('%j is refused', (volumes, message) => {
    expect(diagnosticsOf({ volumes })).toEqual([`error: ${message}`]);
  });

  test.each([
    ['gunicorn', { gunicorn: {} }, 'gunicorn', '/etc/worker-metrics/gunicorn', 'gunicorn'],
    [
      'metrics.strategy',
      { gunicorn: {}, metrics: { exporter: 'gunicorn', strategy: 'multiprocess' } },
      'multiprocess-metrics',
      '/prometheus-multiproc',
      'metrics.strategy',
    ],
    [
      'serviceWindows',
      { serviceWindows: [{ component: 'pay', days: ['Mon'], start: '08:00', end: '09:00' }] },
      'service-windows',
      '/etc/service-windows',
      'serviceWindows',
    ],
    ['files', { files: { '/etc/a.txt': 'a' } }, 'files', '/etc/a.txt', 'volumes.data.mountPath'],
  ])('the name and the path of the volume of %s are taken only with it', (key, props, name, path, shown) => {
    const named = { [name]: { emptyDir: {}, mountPath: '/a' } };
    const mounted = { data: { emptyDir: {}, mountPath: path } };
    expect(diagnosticsOf({ volumes: { ...named, ...mounted } })).toEqual([]);
    expect(diagnosticsOf({ ...props, volumes: named })).toEqual([
      `error: volumes.${name}: ${key} has a volume of this name; choose another name`,
    ]);
    expect(diagnosticsOf({ ...props, volumes: mounted })).toEqual([
      expect.stringContaining(`${shown} is mounted at ${path}, too; choose another path`),
    ]);
  });

  test.each([
    { a: { emptyDir: {}, mountPath: '/a' }, b: { emptyDir: {}, mountPath: '/a/b' } },
    { a: { emptyDir: {}, mountPath: '/tmp/cache' }, b: { emptyDir: {}, mountPath: '/etc' } },
    { a: { emptyDir: {}, mountPath: 'data' } },
    { a: { csi: { driver: 'secrets-store.csi.k8s.io' } } },
    { a: { ephemeral: { volumeClaimTemplate: { spec: {} } }, mountPath: '/tmp' } },
  ])('%j passes', (volumes) => {
    expect(diagnosticsOf({ gunicorn: {}, volumes })).toEqual([]);
  });

  test('one that no container mounts is a warning', () => {
    expect(diagnosticsOf({ volumes: { a: { emptyDir: {} } } })).toEqual([
      'warning: volumes.a: no container mounts this volume; set its mountPath, or mount it by volumeMounts of a sidecar or an init container',
    ]);
  });
});
