import { shellWord } from '../../diagnostics/shell-word.js';
import type { ChangeWarning } from './change-warning.js';
import { isClusterScoped } from '../../kubernetes/cluster-scoped.js';
import { textAt, type Manifest } from '../../kubernetes/manifest.js';

/** How to delete objects of a kind with care, by kind and API group. */
const CAUTION: Readonly<Record<string, string>> = {
  configmap: ', when no old pod uses it any more',
  serviceaccount: ', when no old pod uses it any more',
  secret: ', and its data with it, when no old pod uses it any more',
  persistentvolumeclaim: ', and its data with it',
  namespace: ', and everything in it',
  'customresourcedefinition.apiextensions.k8s.io': ', and every object of its kind',
  'application.argoproj.io': ', and perhaps what it deployed',
  'kustomization.kustomize.toolkit.fluxcd.io': ', and perhaps what it deployed',
};

/**
 * Warns about an object that was removed from the manifests: `kubectl apply` does not delete it.
 * @param elsewhere a file of another environment with the same object, perhaps for the same cluster
 */
export function leftBehind(manifest: Manifest, elsewhere?: string): ChangeWarning[] {
  const kind = kindForKubectl(manifest);
  const command = deleteCommand(manifest);
  if (command === undefined) return [];
  const where = elsewhere === undefined ? '' : `, except in a cluster that has ${elsewhere}`;
  const caution = Object.hasOwn(CAUTION, kind) ? CAUTION[kind] : '';
  const message = 'kubectl apply leaves it in the cluster';
  const hint = `delete it${where}${caution}: ${command}`;
  return [{ effect: 'stays', message, hint }];
}

/** `kubectl delete podmonitor.monitoring.coreos.com shop -n shop`; undefined for an object without a name. */
function deleteCommand(manifest: Manifest): string | undefined {
  const name = textAt(manifest, 'metadata', 'name');
  const namespace = textAt(manifest, 'metadata', 'namespace');
  if (name === undefined || textAt(manifest, 'kind') === undefined) return undefined;
  const isScoped = isClusterScoped(manifest['apiVersion'], manifest['kind']);
  const place = namespace === undefined || isScoped ? [] : ['-n', namespace];
  return ['kubectl', 'delete', kindForKubectl(manifest), name, ...place].map(shellWord).join(' ');
}

/** The kind with its API group, as two groups may have the same kind: `deployment.apps`, `service`. */
function kindForKubectl(manifest: Manifest): string {
  const kind = (textAt(manifest, 'kind') ?? '').toLowerCase();
  const [group = '', version] = (textAt(manifest, 'apiVersion') ?? '').split('/');
  return version === undefined ? kind : `${kind}.${group}`;
}
