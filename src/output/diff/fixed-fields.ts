import { at, textAt, type Manifest } from '../../kubernetes/manifest.js';

/** Fields of an object that the API server refuses to change. */
export interface FixedFields {
  /** Their paths. All fields of `spec`, if that is the path. */
  readonly paths: readonly string[];
  /** Exceptions below them. `[]` is any item of a list. */
  readonly except?: readonly string[];
}

/** Fixed fields of a kind; a function where they depend on the live object or the new one. */
type OfKind = FixedFields | ((before: Manifest, after: Manifest) => FixedFields);

/** @returns the fixed fields of an object, besides those that the API server fixes by rules of its own */
export function fixedFields(before: Manifest, after: Manifest): FixedFields {
  const kind = textAt(before, 'kind') ?? '';
  const found = Object.hasOwn(OF_KIND, kind) ? OF_KIND[kind] : undefined;
  return typeof found === 'function' ? found(before, after) : (found ?? { paths: [] });
}

/** The value that the API server gives to a fixed field without one. `[]` is any item of a list. */
export const DEFAULTS: Readonly<Record<string, unknown>> = {
  'spec.podManagementPolicy': 'OrderedReady',
  'spec.volumeClaimTemplates[].spec.volumeMode': 'Filesystem',
  'spec.volumeMode': 'Filesystem',
  'spec.completionMode': 'NonIndexed',
  'spec.completions': 1,
  'spec.template.spec.dnsPolicy': 'ClusterFirst',
  'spec.template.spec.schedulerName': 'default-scheduler',
  'spec.template.spec.terminationGracePeriodSeconds': 30,
  'spec.template.spec.containers[].ports[].protocol': 'TCP',
  type: 'Opaque',
  immutable: false,
  reclaimPolicy: 'Delete',
  volumeBindingMode: 'Immediate',
  preemptionPolicy: 'PreemptLowerPriority',
};

const SELECTOR: FixedFields = { paths: ['spec.selector'] };
const ROLE: FixedFields = { paths: ['roleRef'] };

/** From Kubernetes' pkg/apis/<group>/validation, such as ValidateDeploymentUpdate. */
const OF_KIND: Readonly<Record<string, OfKind>> = {
  Deployment: SELECTOR,
  ReplicaSet: SELECTOR,
  DaemonSet: SELECTOR,
  StatefulSet: {
    paths: ['spec'],
    except: [
      'spec.replicas',
      'spec.ordinals',
      'spec.template',
      'spec.updateStrategy',
      'spec.revisionHistoryLimit',
      'spec.persistentVolumeClaimRetentionPolicy',
      'spec.minReadySeconds',
    ],
  },
  Job: jobFields,
  Pod: {
    paths: ['spec'],
    except: [
      'spec.containers[].image',
      'spec.initContainers[].image',
      'spec.activeDeadlineSeconds',
      'spec.tolerations',
      'spec.schedulingGates',
    ],
  },
  PersistentVolumeClaim: {
    paths: ['spec'],
    except: ['spec.resources.requests', 'spec.volumeAttributesClassName'],
  },
  PersistentVolume: (before) => ({
    paths: ['spec'],
    except: [
      'spec.capacity',
      'spec.accessModes',
      'spec.persistentVolumeReclaimPolicy',
      'spec.claimRef',
      'spec.storageClassName',
      'spec.mountOptions',
      'spec.volumeAttributesClassName',
      ...(at(before, 'spec', 'nodeAffinity') === undefined ? ['spec.nodeAffinity'] : []),
    ],
  }),
  ConfigMap: contentFields,
  Secret: (before) => ({ paths: ['type', ...contentFields(before).paths] }),
  RoleBinding: ROLE,
  ClusterRoleBinding: ROLE,
  StorageClass: { paths: ['provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'] },
  PriorityClass: { paths: ['value', 'preemptionPolicy'] },
  IngressClass: { paths: ['spec.controller'] },
  RuntimeClass: { paths: ['handler'] },
  ResourceQuota: { paths: ['spec.scopes'] },
  EndpointSlice: { paths: ['addressType'] },
};

/** While a Job is suspended, its pods may still be placed elsewhere. Indexed Jobs may grow. */
function jobFields(before: Manifest, after: Manifest): FixedFields {
  const isIndexed = at(after, 'spec', 'completionMode') === 'Indexed';
  const names = [
    'selector',
    'template',
    'completionMode',
    'podFailurePolicy',
    'backoffLimitPerIndex',
    'managedBy',
    'successPolicy',
    ...(isIndexed ? [] : ['completions']),
  ];
  const placement = [
    'metadata.labels',
    'metadata.annotations',
    'spec.affinity.nodeAffinity',
    'spec.nodeSelector',
    'spec.tolerations',
    'spec.schedulingGates',
  ];
  return {
    paths: names.map((name) => `spec.${name}`),
    except: at(before, 'spec', 'suspend') === true ? placement.map((path) => `spec.template.${path}`) : [],
  };
}

function contentFields(before: Manifest): FixedFields {
  return { paths: before['immutable'] === true ? ['data', 'binaryData', 'stringData', 'immutable'] : [] };
}
