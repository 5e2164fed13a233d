import { textAt, type Manifest } from '../../kubernetes/manifest.js';
import type { ChangeWarning } from './change-warning.js';
import { formatFieldPath, type FieldChange } from './field-changes.js';

/** Fields of a kind that the API server refuses to change: their paths, and exceptions below them. */
interface FixedFields {
  readonly paths: readonly string[];
  readonly except?: readonly string[];
}

/** From Kubernetes' pkg/apis/<group>/validation, such as ValidateDeploymentUpdate. */
const FIXED: Readonly<Record<string, FixedFields>> = {
  Deployment: { paths: ['spec.selector'] },
  ReplicaSet: { paths: ['spec.selector'] },
  DaemonSet: { paths: ['spec.selector'] },
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
  Job: { paths: ['spec.selector', 'spec.template', 'spec.completionMode'] },
  Service: { paths: ['spec.clusterIP', 'spec.clusterIPs'] },
  PersistentVolumeClaim: { paths: ['spec'], except: ['spec.resources', 'spec.volumeAttributesClassName'] },
  RoleBinding: { paths: ['roleRef'] },
  ClusterRoleBinding: { paths: ['roleRef'] },
};

const ROLLS_PODS: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

/** Consequences to know before applying the changes. */
export function consequences(before: Manifest, changes: readonly FieldChange[]): ChangeWarning[] {
  const kind = textAt(before, 'kind') ?? '';
  const fields = changes.map(({ path }) => formatFieldPath(path));
  const fixed = new Set(fields.flatMap((field) => fixedPart(before, kind, field)));
  return [
    ...[...fixed].map((field) => ({
      effect: 'refused' as const,
      message: `the API server refuses to change ${field}`,
      hint: `delete the ${kind} first${keep(kind)}`,
    })),
    ...(ROLLS_PODS.has(kind) && fields.some((field) => isWithin(field, 'spec.template'))
      ? [{ effect: 'rolls' as const, message: 'the pods are replaced' }]
      : []),
  ];
}

/** The immutable part of the object that contains the field. */
function fixedPart(before: Manifest, kind: string, field: string): string[] {
  const { paths, except = [] } = fixedFields(before, kind);
  if (except.some((path) => isWithin(field, path))) return [];
  return paths.filter((path) => isWithin(field, path)).map((path) => (path === 'spec' ? field : path));
}

function fixedFields(before: Manifest, kind: string): FixedFields {
  // An address that Kubernetes chose may be set later.
  if (kind === 'Service' && textAt(before, 'spec', 'clusterIP') === undefined) return { paths: [] };
  if (kind === 'ConfigMap' || kind === 'Secret')
    return { paths: before['immutable'] === true ? ['data', 'binaryData', 'stringData', 'immutable'] : [] };
  return (Object.hasOwn(FIXED, kind) ? FIXED[kind] : undefined) ?? { paths: [] };
}

function isWithin(field: string, path: string): boolean {
  return field === path || field.startsWith(`${path}.`) || field.startsWith(`${path}[`);
}

function keep(kind: string): string {
  return ROLLS_PODS.has(kind) ? ' (kubectl delete --cascade=orphan leaves its pods running)' : '';
}
