import {
  ANY_LABEL_VALUE,
  DNS_1035_LABEL,
  DNS_1123_LABEL,
  DNS_1123_SUBDOMAIN,
  matches,
  LABEL_KEY,
  LABEL_VALUE,
  type TextFormat,
} from '../../kubernetes/text-formats.js';
import { isLikeObject } from '../not-applied.js';
import { ObjectDiagnostics } from '../object-diagnostics.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { at, mapAt, textAt, type Manifest } from '../../kubernetes/manifest.js';

/** Checks that the API server accepts the names and labels of an object. */
export function checkNames(manifest: Manifest): Diagnostic[] {
  const diagnostics = new ObjectDiagnostics(manifest);

  if (!isLikeObject(manifest)) {
    const keys = Object.keys(manifest);
    const object = keys.length === 0 ? 'an empty document' : `a document with ${keys.slice(0, 3).join(', ')}`;
    const message = 'is not a Kubernetes object: apiVersion, kind and metadata are missing';
    const hint = 'name manifests, not values: worker-metrics synth -o - | worker-metrics trace -';
    return [{ severity: 'error', rejectedBy: 'API server', object, message, hint }];
  }
  if (textAt(manifest, 'apiVersion') === undefined)
    diagnostics.wrongValue('apiVersion', 'a version such as v1 or apps/v1', manifest['apiVersion']);
  if (textAt(manifest, 'kind') === undefined)
    diagnostics.wrongValue('kind', 'a kind such as Service', manifest['kind']);
  const format = nameFormat(manifest);
  const name = at(manifest, 'metadata', 'name');
  const isGenerated = name === undefined && textAt(manifest, 'metadata', 'generateName') !== undefined;
  if (!isGenerated && !matches(format, name)) diagnostics.wrongValue('metadata.name', format.what, name);
  const namespace = at(manifest, 'metadata', 'namespace') ?? '';
  if (namespace !== '' && !matches(DNS_1123_LABEL, namespace))
    diagnostics.wrongValue('metadata.namespace', DNS_1123_LABEL.what, namespace);

  for (const path of LABELS) checkLabels(path, mapAt(manifest, ...path), diagnostics);
  return diagnostics.all;
}

/** The labels of an object, and of its pods. */
const LABELS = [
  ['metadata', 'labels'],
  ['spec', 'template', 'metadata', 'labels'],
];

function checkLabels(path: readonly string[], labels: Manifest, diagnostics: ObjectDiagnostics): void {
  const refuse = (key: string, what: string, given: string) =>
    diagnostics.wrongValue(`${path.join('.')}[${JSON.stringify(key)}]`, what, given);
  for (const key of Object.keys(labels)) {
    const value = labels[key];
    if (!matches(LABEL_KEY, key)) refuse(key, LABEL_KEY.what, key);
    if (typeof value === 'string' && !matches(ANY_LABEL_VALUE, value)) refuse(key, LABEL_VALUE.what, value);
  }
}

/** The name of a role or role binding, for example system:node (k8s.io/apimachinery, IsValidPathSegmentName). */
const PATH_SEGMENT: TextFormat = {
  what: 'a name without "/" and "%", other than . and ..',
  pattern: /^(?!\.{1,2}$)[^/%]+$/,
};

function nameFormat(manifest: Manifest): TextFormat {
  if (textAt(manifest, 'apiVersion')?.startsWith('rbac.authorization.k8s.io/')) return PATH_SEGMENT;
  const { kind } = manifest;
  return kind === 'Service' ? DNS_1035_LABEL : kind === 'Namespace' ? DNS_1123_LABEL : DNS_1123_SUBDOMAIN;
}
