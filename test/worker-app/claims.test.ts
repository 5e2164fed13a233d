import type { WorkerAppProps } from '../../src/worker-app/worker-app-props.js';
import { manifestsOf, type Loose } from '../manifests-of.js';
import { diagnosticsOf } from '../diagnostics-of.js';

const SHOP = { name: 'shop', image: 'example.com/shop:v1', workers: 2 };

function shop(props: Partial<WorkerAppProps>) {
  return manifestsOf({ ...SHOP, ...props });
}

function claimsOf({ all }: { readonly all: readonly Loose[] }): Loose[] {
  return all.filter(({ kind }) => kind === 'PersistentVolumeClaim');
}

const MEDIA = { claim: { size: '10Gi' }, mountPath: '/srv/media' };

describe('a claim', () => {
  test('makes the PersistentVolumeClaim, which neither Argo CD nor Flux deletes', () => {
    const manifests = shop({ volumes: { media: MEDIA } });
    expect(claimsOf(manifests)).toEqual([
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: {
          name: 'shop-media',
          namespace: 'default',
          labels: manifests.deployment.metadata.labels,
          annotations: {
            'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
            'kustomize.toolkit.fluxcd.io/prune': 'disabled',
          },
        },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } },
      },
    ]);
    expect(manifests.pod.volumes[1]).toEqual({
      name: 'media',
      persistentVolumeClaim: { claimName: 'shop-media' },
    });
  });

  test('keeps every field of a PersistentVolumeClaimSpec', () => {
    const spec = {
      accessModes: ['ReadWriteMany'],
      storageClassName: '',
      selector: { matchLabels: { a: 'b' } },
      volumeName: 'pv-1',
      resources: { requests: { storage: '3Gi' }, limits: { storage: '4Gi' } },
    };
    const [claim] = claimsOf(shop({ volumes: { media: { claim: spec, mountPath: '/a' } } }));
    expect(claim.spec).toEqual(spec);
  });

  test('stays protected under annotations of every object', () => {
    const [claim] = claimsOf(
      shop({
        volumes: { media: MEDIA },
        annotations: {
          'argocd.argoproj.io/sync-options': 'ServerSideApply=true',
          'kustomize.toolkit.fluxcd.io/prune': 'enabled',
          'example.com/a': 'b',
        },
      }),
    );
    expect(claim.metadata.annotations).toEqual({
      'argocd.argoproj.io/sync-options': 'ServerSideApply=true,Prune=false,Delete=false',
      'kustomize.toolkit.fluxcd.io/prune': 'disabled',
      'example.com/a': 'b',
    });
  });

  test('comes before the Deployment, as the files do', () => {
    const kinds = shop({ volumes: { media: MEDIA }, files: { '/a': 'a' } }).all.map(({ kind }) => kind);
    expect(kinds.slice(0, 3)).toEqual(['PersistentVolumeClaim', 'ConfigMap', 'Deployment']);
  });

  test.each([
    [{}, 'claim.size: missing; expected a quantity such as 10Gi'],
    [
      { size: '10 GB' },
      'claim.size: expected a quantity such as 500m, 0.5, 256Mi or 2Gi, got "10 GB"; write 10Gi',
    ],
    [{ size: 0 }, 'claim.size: expected a quantity such as 10Gi, got 0'],
    [
      { size: '1Gi', resources: { requests: { storage: '1Gi' } } },
      'claim.resources.requests.storage: size sets it, too; remove one of the two',
    ],
    [
      { size: '1Gi', accessModes: ['ReadWriteonce'] },
      'claim.accessModes[0]: expected ReadWriteOnce, ReadOnlyMany, ReadWriteMany or ReadWriteOncePod, got "ReadWriteonce"; did you mean "ReadWriteOnce"?',
    ],
    [
      { size: '1Gi', accessModes: [] },
      'claim.accessModes: expected ReadWriteOnce, ReadOnlyMany, ReadWriteMany or ReadWriteOncePod, got an empty list',
    ],
    [
      { size: '1Gi', accessModes: ['ReadWriteOncePod', 'ReadWriteOnce'] },
      'claim.accessModes: ReadWriteOncePod excludes every other mode; keep "ReadWriteOncePod" alone, or remove it',
    ],
    [
      { size: '1Gi', storageClass: 'fast' },
      'claim.storageClass: a PersistentVolumeClaimSpec of Kubernetes 1.28 has no such field; did you mean "storageClassName"?',
    ],
  ])('of %j is refused', (claim, message) => {
    expect(diagnosticsOf({ volumes: { media: { claim, mountPath: '/a' } } })).toEqual([
      `error: volumes.media.${message}`,
    ]);
  });

  test('of a size without its unit is a warning', () => {
    expect(diagnosticsOf({ volumes: { media: { claim: { size: 10 }, mountPath: '/a' } } })).toEqual([
      'warning: volumes.media.claim.size: 10 is 10 bytes; write the unit, such as 10Gi',
    ]);
  });
});

describe('with a claim that one node can use', () => {
  test('one pod ends before the next one starts', () => {
    expect(shop({ volumes: { media: MEDIA } }).deployment.spec.strategy).toEqual({ type: 'Recreate' });
  });

  test.each<[Partial<WorkerAppProps>]>([
    [{}],
    [{ volumes: { media: { ...MEDIA, claim: { size: '1Gi', accessModes: ['ReadWriteMany'] } } } }],
    [{ volumes: { media: MEDIA }, replicas: 2 }],
    [{ volumes: { media: { persistentVolumeClaim: { claimName: 'media' }, mountPath: '/a' } } }],
  ])('the rollout of %j is a rolling update', (props) => {
    expect(shop(props).deployment.spec.strategy.type).toBe('RollingUpdate');
  });

  test('a strategy that is given stays', () => {
    const strategy = { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } };
    expect(shop({ volumes: { media: MEDIA }, strategy }).deployment.spec.strategy).toEqual(strategy);
  });

  const SEVERAL =
    'a pod on another node does not start; set accessModes: [ReadWriteMany] if the storage class has it, replicas: 1 without a strategy, or an affinity that holds the pods on one node';

  test.each([
    [{ replicas: 3 }, 'replicas is 3'],
    [{ autoscaling: { maxReplicas: 4, cpu: 70 } }, 'autoscaling.maxReplicas is 4'],
    [{ strategy: { type: 'RollingUpdate' } }, 'a rollout starts the new pod before the old one ends'],
    [{ replicas: 3, nodeSelector: { 'kubernetes.io/arch': 'arm64' } }, 'replicas is 3'],
    [
      {
        replicas: 3,
        affinity: {
          podAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'topology.kubernetes.io/zone' }],
          },
        },
      },
      'replicas is 3',
    ],
  ])('%j is a warning', (props, why) => {
    expect(diagnosticsOf({ volumes: { media: MEDIA }, ...props })).toEqual([
      `warning: volumes.media.claim: ReadWriteOnce binds the volume to one node, and ${why}: ${SEVERAL}`,
    ]);
  });

  const beside = (topologyKey: string) => ({
    podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey, labelSelector: {} }] },
  });

  test.each([
    { replicas: 1 },
    { strategy: { rollingUpdate: { maxUnavailable: 1 } } },
    { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } } },
    { replicas: 3, affinity: beside('kubernetes.io/hostname') },
    { replicas: 3, nodeSelector: { 'kubernetes.io/hostname': 'a' } },
    { replicas: 3, nodeSelector: { 'example.com/storage': 'fast' } },
    { replicas: 0 },
  ])('%j passes', (props) => {
    expect(diagnosticsOf({ volumes: { media: MEDIA }, ...props })).toEqual([]);
  });

  test('the pods of several nodes share a ReadWriteMany claim', () => {
    const claim = { size: '1Gi', accessModes: ['ReadWriteMany'] };
    expect(diagnosticsOf({ volumes: { media: { claim, mountPath: '/a' } }, replicas: 3 })).toEqual([]);
  });
});

describe('a ReadWriteOncePod claim', () => {
  const volumes = { media: { claim: { size: '1Gi', accessModes: ['ReadWriteOncePod'] }, mountPath: '/a' } };

  test.each([
    [{ replicas: 2 }, 'replicas is 2'],
    [
      { strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } },
      'a rollout starts the new pod before the old one ends',
    ],
  ])('with %j is refused', (props, why) => {
    expect(diagnosticsOf({ volumes, ...props }).filter((line) => line.startsWith('error'))).toEqual([
      `error: volumes.media.claim.accessModes: ReadWriteOncePod gives the volume to one pod, and ${why}: the others never start; set replicas: 1 and strategy: { type: Recreate }, or another mode`,
    ]);
  });

  test('with one pod passes', () => {
    expect(diagnosticsOf({ volumes })).toEqual([]);
  });
});

describe('the group of volumes', () => {
  const owned = { fsGroup: 1000, fsGroupChangePolicy: 'OnRootMismatch' };

  test.each<[string, Partial<WorkerAppProps>, object]>([
    ['is the user with a claim', { volumes: { media: MEDIA } }, owned],
    ['is runAsUser', { volumes: { media: MEDIA }, runAsUser: 33 }, { ...owned, fsGroup: 33 }],
    [
      'is the user with an existing claim',
      { volumes: { media: { persistentVolumeClaim: { claimName: 'a' }, mountPath: '/a' } } },
      owned,
    ],
    [
      'is the one that is given',
      { volumes: { media: MEDIA }, podSecurityContext: { fsGroup: 5 } },
      { fsGroup: 5 },
    ],
  ])('%s', (_, props, context) => {
    expect(shop(props).pod.securityContext).toMatchObject(context);
  });

  test.each<[Partial<WorkerAppProps>]>([
    [{}],
    [{ volumes: { a: { emptyDir: {}, mountPath: '/a' }, b: { configMap: { name: 'b' }, mountPath: '/b' } } }],
    [{ volumes: { media: MEDIA }, runAsUser: null }],
    [{ volumes: { media: MEDIA }, podSecurityContext: { fsGroup: null as never } }],
  ])('is unset with %j', (props) => {
    expect(shop(props).pod.securityContext).not.toHaveProperty('fsGroup');
  });

  test('is a note where the image chooses the user', () => {
    expect(diagnosticsOf({ volumes: { media: MEDIA }, runAsUser: null })).toEqual([
      "note: volumes.media.claim: a new volume belongs to root, and runAsUser: null leaves its group unset; set podSecurityContext: { fsGroup: … } to a group of the image's user if it cannot write to the volume",
    ]);
  });
});
