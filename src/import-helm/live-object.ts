import { scalarText } from '../diagnostics/scalar-text.js';
import { isMap, listAt, mapAt, textAt, textListAt, type Manifest } from '../kubernetes/manifest.js';
import { isServerDefault } from './server-defaults.js';

/** Fields of metadata that only a cluster sets. */
const OF_CLUSTER = ['uid', 'resourceVersion', 'managedFields'];

/** Fields of metadata that the API server sets, and those that are cleaned one by one. */
const METADATA =
  /^(uid|resourceVersion|managedFields|creationTimestamp|generation|selfLink|ownerReferences|annotations|finalizers)$/;

/** Annotations that a controller, kubectl or Helm writes. */
const ANNOTATION =
  /^(kubectl\.kubernetes\.io\/last-applied-configuration|meta\.helm\.sh\/.*|(pv|deployment)\.kubernetes\.io\/.*|volume(\.beta)?\.kubernetes\.io\/(storage-provisioner|selected-node)|deprecated\.daemonset\.template\.generation)$/;

/** Labels of the pods of a Job. */
const JOB_LABEL = /^(batch\.kubernetes\.io\/)?(controller-uid|job-name)$/;

const FINALIZER = /^(kubernetes\.io\/pvc-protection|service\.kubernetes\.io\/.*|foregroundDeletion|orphan)$/;

/** Kubernetes' own API groups: others give their fields another meaning. */
const KUBERNETES = /^(v1$|(apps|batch|autoscaling|policy)\/|[a-z.]+\.k8s\.io\/)/;

/** Whether an object is written as `kubectl get -o yaml` prints it. */
function isLive(manifest: Manifest): boolean {
  const metadata = mapAt(manifest, 'metadata');
  return OF_CLUSTER.some((field) => metadata[field] !== undefined);
}

/** Kind and name of the object whose controller makes a live object. */
export interface Owner {
  readonly kind: string;
  readonly name: string;
  /** Whether it is a custom resource. Its controller may be stopped, and the object stays. */
  readonly isCustom: boolean;
}

export function ownerOf(manifest: Manifest): Owner | undefined {
  if (!isLive(manifest)) return undefined;
  const owner = listAt(manifest, 'metadata', 'ownerReferences').find(({ controller }) => controller === true);
  if (owner === undefined) return undefined;
  const { apiVersion = 'v1', kind, name } = owner;
  return {
    kind: scalarText(kind),
    name: scalarText(name),
    isCustom: !KUBERNETES.test(scalarText(apiVersion)),
  };
}

/**
 * Whether another object, Kubernetes or Helm makes this one: ReplicaSets, pods of a Deployment, the records of Helm. If a custom
 * resource makes a Deployment and is not among the manifests, the user means the objects that it makes.
 */
export function isMadeByCluster(manifest: Manifest, all: readonly Manifest[]): boolean {
  const { kind } = manifest;
  const name = textAt(manifest, 'metadata', 'name') ?? '';
  const owner = ownerOf(manifest);
  return (
    isLive(manifest) &&
    ((owner !== undefined && !(owner.isCustom && isReplaced(owner, all))) ||
      kind === 'Endpoints' ||
      (kind === 'ConfigMap' && name === 'kube-root-ca.crt') ||
      (kind === 'ServiceAccount' && name === 'default') ||
      (kind === 'Secret' && MADE_SECRETS.has(textAt(manifest, 'type') ?? '')))
  );
}

/** Whether the objects that a custom resource makes are there instead of it, with a Deployment. */
function isReplaced({ kind, name }: Owner, all: readonly Manifest[]): boolean {
  const isThere = all.some((one) => one['kind'] === kind && textAt(one, 'metadata', 'name') === name);
  const ofDeployments = all.filter((one) => one['kind'] === 'Deployment').map(ownerOf);
  return !isThere && ofDeployments.some((owner) => owner?.kind === kind && owner.name === name);
}

const MADE_SECRETS = new Set(['helm.sh/release.v1', 'kubernetes.io/service-account-token']);

/** Kind and name of the objects whose number of pods an autoscaler sets. */
export function scaledObjects(manifests: readonly Manifest[]): ReadonlySet<string> {
  const targets = manifests.map((manifest) => mapAt(manifest, 'spec', 'scaleTargetRef'));
  return new Set(targets.map(({ kind = 'Deployment', name }) => `${scalarText(kind)} ${scalarText(name)}`));
}

/**
 * An object without `replicas` if an autoscaler sets the number of its pods: each apply would set it back.
 *
 * @param scaled see `scaledObjects`
 */
export function withoutScaledReplicas(manifest: Manifest, scaled: ReadonlySet<string>): Manifest {
  const name = `${scalarText(manifest['kind'])} ${String(textAt(manifest, 'metadata', 'name'))}`;
  return scaled.has(name) && isMap(manifest['spec'])
    ? { ...manifest, spec: without(/^replicas$/, manifest['spec']) }
    : manifest;
}

/** An object without the fields that the cluster sets; all fields that a user may have set stay. */
export function withoutServerFields(manifest: Manifest): Manifest {
  if (!isLive(manifest)) return manifest;
  const {
    metadata,
    status: _,
    spec,
    ...others
  } = manifest['kind'] === 'ServiceAccount' ? withoutMadeSecrets(manifest) : manifest;
  const cleaned = { ...others, metadata: cleanedMetadata(mapAt(metadata)) };
  if (spec === undefined) return cleaned;
  if (!KUBERNETES.test(textAt(manifest, 'apiVersion') ?? '')) return { ...cleaned, spec };
  const ofKind = OF_KIND.get(manifest['kind']);
  const withSpec = { ...cleaned, spec: ofKind?.(mapAt(spec), manifest) ?? spec };
  return mapAt(withoutDefaults(withSpec, ''));
}

/** A ServiceAccount without the Secrets that Kubernetes and OpenShift make for it. */
function withoutMadeSecrets(account: Manifest): Manifest {
  const made = new RegExp(`^${String(textAt(account, 'metadata', 'name'))}-(token|dockercfg)-[a-z0-9]{5}$`);
  const kept = ['secrets', 'imagePullSecrets'].map((list) => [
    list,
    listAt(account, list).filter(({ name }) => !made.test(scalarText(name))),
  ]);
  return {
    ...without(/^(secrets|imagePullSecrets)$/, account),
    ...Object.fromEntries(kept.filter(([, items]) => items?.length !== 0)),
  };
}

function cleanedMetadata(metadata: Manifest): Manifest {
  const finalizers = textListAt(metadata, 'finalizers').filter((name) => !FINALIZER.test(name));
  const annotations = without(ANNOTATION, mapAt(metadata, 'annotations'));
  return {
    ...without(METADATA, metadata),
    ...(Object.keys(annotations).length > 0 && { annotations }),
    ...(finalizers.length > 0 && { finalizers }),
  };
}

function without(names: RegExp, map: Manifest): Manifest {
  return Object.fromEntries(Object.entries(map).filter(([name]) => !names.test(name)));
}

/** The spec of kinds in which the API server sets more than defaults. */
const OF_KIND = new Map<unknown, (spec: Manifest, manifest: Manifest) => Manifest>([
  ['Service', ofService],
  ['PersistentVolumeClaim', ofVolumeClaim],
  ['Job', ofJob],
]);

function ofService(spec: Manifest): Manifest {
  const { clusterIP, ipFamilyPolicy } = spec;
  return {
    ...without(/^(clusterIPs?|healthCheckNodePort)$/, spec),
    ...(clusterIP === 'None' && { clusterIP }),
    ...(ipFamilyPolicy === 'SingleStack' && { ipFamilies: null, ipFamilyPolicy: null }),
  };
}

function ofVolumeClaim(spec: Manifest, manifest: Manifest): Manifest {
  return textAt(manifest, 'metadata', 'annotations', 'pv.kubernetes.io/bound-by-controller') === 'yes'
    ? without(/^volumeName$/, spec)
    : spec;
}

function ofJob(spec: Manifest): Manifest {
  if (spec['manualSelector'] === true) return spec;
  const [template, metadata] = [mapAt(spec, 'template'), mapAt(spec, 'template', 'metadata')];
  const labels = without(JOB_LABEL, mapAt(metadata, 'labels'));
  return {
    ...without(/^selector$/, spec),
    template: { ...template, metadata: { ...metadata, labels } },
  };
}

/** Without the defaults of the API server, and without `creationTimestamp: null`. */
function withoutDefaults(value: unknown, path: string): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => withoutDefaults(item, `${path}[]`));
  if (!isMap(value)) return value;
  const { serviceAccount, serviceAccountName } = value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([field, inner]): [string, unknown][] => {
      const at = path === '' ? field : `${path}.${field}`;
      const isOldName = field === 'serviceAccount' && serviceAccount === serviceAccountName;
      if (inner === null || isOldName || isServerDefault(at, inner)) return [];
      return [[field, withoutDefaults(inner, at)]];
    }),
  );
}
