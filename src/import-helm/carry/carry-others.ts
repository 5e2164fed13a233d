import { MANAGED_BY_LABEL } from '../../kubernetes/labels.js';
import { isMap, mapAt, textAt, type Manifest } from '../../kubernetes/manifest.js';
import { ObjectField, type ReleaseObject } from '../release-object.js';
import { isEmpty } from '../draft.js';
import type { Carrying } from './carry.js';
import { HELM_LABEL } from './carry-labels.js';
import { withOurPortNames } from './renamed-ports.js';
import { restOfMonitor } from './rest-of-monitor.js';
import { checkedManifest } from './unscraped-ports.js';

/** The other objects of the release, as they are, without those that are left out. */
export function carryOthers(carrying: Carrying): void {
  const { release, draft } = carrying;
  const { others, deployment } = release;
  const withOurPorts = withOurPortNames(carrying);
  const namespace = deployment.at('metadata', 'namespace').text;
  const objects = others.filter((object) => leftOut(object) === undefined && !draft.made.has(object));
  const rest = restOfMonitor(release, String(draft.values['name']));
  if (objects.length > 0 || rest !== undefined) draft.put(['objects'], []);
  for (const [i, object] of objects.entries()) {
    const manifest = withOurPorts(object, checkedManifest(object, release));
    draft.put(['objects', i], withoutHelm(manifest, namespace), new ObjectField(object));
  }
  if (rest !== undefined)
    draft.put(['objects', objects.length], withoutHelm(rest, namespace), release.monitor);
}

/** Why an object is not written. */
export type LeftOut = 'hook' | 'test' | 'secret' | 'nameless';

export function leftOut({ manifest }: ReleaseObject): LeftOut | undefined {
  const hook = textAt(manifest, 'metadata', 'annotations', 'helm.sh/hook');
  if (hook !== undefined && /^(test|test-success|test-failure)$/.test(hook.trim())) return 'test';
  if (hook !== undefined && isPassing(manifest)) return 'hook';
  const hasData = ['data', 'stringData'].some((field) => Object.keys(mapAt(manifest, field)).length > 0);
  if (manifest['kind'] === 'Secret' && hasData) return 'secret';
  return isEmpty(mapAt(manifest, 'metadata')['name']) ? 'nameless' : undefined;
}

/** Whether a hook is gone, or has done its work, after Helm has run it. Other objects that are hooks stay in the cluster. */
function isPassing(manifest: Manifest): boolean {
  const policy = textAt(manifest, 'metadata', 'annotations', 'helm.sh/hook-delete-policy') ?? '';
  return manifest['kind'] === 'Job' || manifest['kind'] === 'Pod' || policy.includes('hook-succeeded');
}

function withoutHelm(manifest: Manifest, namespace: string | undefined): Manifest {
  const { labels, annotations, namespace: own, ...metadata } = mapAt(manifest, 'metadata');
  const cleaned = Object.fromEntries(
    Object.entries({ labels, annotations }).flatMap(([field, map]) => {
      const entries = isMap(map) ? Object.entries(map).filter(([name, value]) => !isHelms(name, value)) : [];
      return entries.length === 0 ? [] : [[field, Object.fromEntries(entries)]];
    }),
  );
  return {
    ...(withoutNull(manifest) as Manifest),
    metadata: { ...metadata, ...(own !== undefined && own !== namespace && { namespace: own }), ...cleaned },
  };
}

function isHelms(name: string, value: unknown): boolean {
  return HELM_LABEL.test(name) || (name === MANAGED_BY_LABEL && value === 'Helm');
}

/** Templates of Helm leave `null` behind, which the API server reads as nothing. */
function withoutNull(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNull);
  if (!isMap(value)) return value;
  const fields = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(fields.map(([field, inner]) => [field, withoutNull(inner)]));
}
