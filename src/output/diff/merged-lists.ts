import { isDeepStrictEqual } from 'node:util';
import type { ChangeWarning } from './change-warning.js';
import { isMap, own, type Manifest } from '../../kubernetes/manifest.js';
import { inspect } from '../../diagnostics/expected.js';

/**
 * Lists that a client-side `kubectl apply` merges, each with the field that identifies an item (`patchMergeKey` in
 * k8s.io/api). If several items have the same name, it may lose one of them.
 */
const MERGE_KEYS: Readonly<Record<string, string>> = {
  containers: 'name',
  env: 'name',
  ephemeralContainers: 'name',
  hostAliases: 'ip',
  imagePullSecrets: 'name',
  initContainers: 'name',
  resourceClaims: 'name',
  secrets: 'name',
  topologySpreadConstraints: 'topologyKey',
  volumeDevices: 'devicePath',
  volumeMounts: 'mountPath',
  volumes: 'name',
};

/** Lists whose items a server-side apply identifies by more fields. */
const BY_MORE_ON_THE_SERVER: ReadonlySet<string> = new Set(['ports', 'topologySpreadConstraints']);

/** Kubernetes' own API groups; custom resources are merged without merge keys. */
const OF_KUBERNETES = /^(v1|(apps|batch|extensions)\/.*)$/;

/** Items with the same name in a list that is merged by that name. */
export interface ItemsWithOneName {
  /** `spec.ports` */
  readonly list: string;
  /** `port` */
  readonly key: string;
  readonly name: unknown;
}

/** Warnings about added or changed items of the same name: a client-side `kubectl apply` may lose one. */
export function lostByMerging(before: Manifest, after: Manifest): ChangeWarning[] {
  return itemsWithOneName(before, after).map(({ list, key, name }) => {
    const remedy = BY_MORE_ON_THE_SERVER.has(list.split('.').at(-1) ?? '')
      ? 'apply with --server-side'
      : 'keep one of them';
    const lost = `may lose one of the items with ${key} ${inspect(name)}`;
    const message = `a client-side kubectl apply merges ${list} by ${key}, and ${lost}`;
    const hint = remedy;
    return { effect: 'merged', message, hint };
  });
}

/** Items of the same name that an update adds or changes. */
function itemsWithOneName(before: Manifest, after: Manifest): ItemsWithOneName[] {
  return OF_KUBERNETES.test(String(after['apiVersion'])) ? inMap(before, after, '') : [];
}

function inMap(before: unknown, after: unknown, path: string): ItemsWithOneName[] {
  if (!isMap(after)) return [];
  const old = isMap(before) ? before : {};
  return Object.entries(after).flatMap(([field, value]) => {
    const inner = path === '' ? field : `${path}.${field}`;
    const key = keyOf(field, path);
    if (key === undefined || !Array.isArray(value)) return inMap(own(old, field), value, inner);
    return inList(own(old, field), value, inner, key);
  });
}

function inList(before: unknown, after: readonly unknown[], list: string, key: string): ItemsWithOneName[] {
  const old = byName(Array.isArray(before) ? before : [], key);
  return [...byName(after, key)].flatMap(([name, items]) => {
    const former = old.get(name) ?? [];
    if (items.length === 1 && former.length <= 1) return inMap(former[0], items[0], list);
    return isDeepStrictEqual(former, items) ? [] : [{ list, key, name }];
  });
}

function byName(items: readonly unknown[], key: string): Map<unknown, unknown[]> {
  const groups = new Map<unknown, unknown[]>();
  for (const item of items) {
    const name = isMap(item) ? own(item, key) : undefined;
    groups.set(name, [...(groups.get(name) ?? []), item]);
  }
  return groups;
}

/** The field that identifies an item: `port` for ports of a Service, `containerPort` for those of a container. */
function keyOf(field: string, path: string): string | undefined {
  if (field === 'ports') return path === 'spec' ? 'port' : 'containerPort';
  return Object.hasOwn(MERGE_KEYS, field) ? MERGE_KEYS[field] : undefined;
}
