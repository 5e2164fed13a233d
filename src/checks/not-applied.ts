import path from 'node:path';
import type { Message } from '../diagnostics/diagnostic.js';
import { at, isMap, textAt, type Manifest } from '../kubernetes/manifest.js';

/** Helm hooks whose objects do not stay in the cluster. */
const PASSING_HOOKS = new Set([
  'test',
  'test-success',
  'test-failure',
  'pre-delete',
  'post-delete',
  'pre-rollback',
  'post-rollback',
]);

/** Kinds that run to completion when they are a hook. */
const ENDING_KINDS = new Set<unknown>(['Pod', 'Job']);

/**
 * Whether an object is a hook of Helm or Argo CD that does not stay in the cluster: it runs once, runs on demand, or is
 * deleted when it succeeds. Other hooks stay, for example a ServiceMonitor that is installed last.
 */
export function isPassingHook(manifest: Manifest): boolean {
  const helm = wordsOf(manifest, 'helm.sh/hook');
  const argo = wordsOf(manifest, 'argocd.argoproj.io/hook');
  if (argo.includes('Skip')) return true;
  if (helm.length + argo.length === 0) return false;
  if (ENDING_KINDS.has(manifest['kind'])) return true;
  if (helm.length > 0 && helm.every((hook) => PASSING_HOOKS.has(hook))) return true;
  if (argo.length > 0 && argo.every((hook) => hook === 'SyncFail' || hook === 'PostDelete')) return true;
  return (
    wordsOf(manifest, 'helm.sh/hook-delete-policy').includes('hook-succeeded') ||
    wordsOf(manifest, 'argocd.argoproj.io/hook-delete-policy').includes('HookSucceeded')
  );
}

function wordsOf(manifest: Manifest, annotation: string): string[] {
  const text = textAt(manifest, 'metadata', 'annotations', annotation) ?? '';
  return text.split(',').flatMap((word) => word.trim() || []);
}

/** API groups of configuration files. The API server does not accept them. */
const CONFIGURATION =
  /^([a-z.]+\.)?config\.k8s\.io\/|^(kustomize\.config|kubeadm|audit|kpt)\.(k8s\.io|dev)\/|^kind\.x-k8s\.io\/|^skaffold\/|^k3d\.io\/|^helm\.sh\/|^eksctl\.io\//;

/** Whether a document has a key that every object has. */
export function isLikeObject(document: Manifest): boolean {
  return ['apiVersion', 'kind', 'metadata'].some((key) => document[key] !== undefined);
}

/**
 * Explains why a document is not an object of the cluster; undefined if it may be one. JSON beside manifests has other uses:
 * `package.json`, a dashboard, a patch of Kustomize.
 */
export function whyNoObject(document: unknown, file: string): Message | undefined {
  if (/\.json$/i.test(file) && !(isMap(document) && isLikeObject(document)))
    return ignored('a document without apiVersion, kind and metadata is not an object of a cluster');
  if (!isMap(document)) return undefined;
  const [apiVersion, kind] = [textAt(document, 'apiVersion') ?? '', textAt(document, 'kind')];
  const fileName = path.basename(file);
  const isKustomize = apiVersion.startsWith('kustomize.config.k8s.io/');
  if (isKustomize || (kind === undefined && /^kustomization\.ya?ml$/i.test(fileName))) {
    const folder = path.dirname(file);
    return ignored(
      `a ${kind ?? 'Kustomization'} is not an object of a cluster`,
      `to check the objects that it generates: kubectl kustomize ${folder} | worker-metrics trace -`,
    );
  }
  if (kind === undefined && /^Chart\.ya?ml$/.test(fileName))
    return ignored(
      'a Chart is not an object of a cluster',
      `to check the objects that it generates: helm template ${path.dirname(file)} | worker-metrics trace -`,
    );
  if (CONFIGURATION.test(apiVersion) && at(document, 'metadata', 'namespace') === undefined)
    return ignored(`a ${kind ?? 'file'} of ${apiVersion} is not an object of a cluster`);
  return textAt(document, 'metadata', 'annotations', 'config.kubernetes.io/local-config') === 'true'
    ? ignored(`a ${kind ?? 'file'} with the annotation config.kubernetes.io/local-config is not applied`)
    : undefined;
}

function ignored(why: string, hint?: string): Message {
  return { message: `${why} and is ignored`, ...(hint !== undefined && { hint }) };
}
