import { isDeepStrictEqual } from 'node:util';
import type { FieldPath } from '../../diagnostics/field-path.js';
import { isMap } from '../../kubernetes/manifest.js';
import { RESTRICTED_CONTAINER, RESTRICTED_POD } from '../../kubernetes/restricted-pod.js';
import { isAnotherAccount } from '../../worker-app/keys/service-account.js';
import { INHERITED_KEYS } from '../../worker-app/processes/pod-keys.js';
import type { Draft } from '../draft.js';
import { over } from './over.js';

type Fields = Readonly<Record<string, unknown>>;

/** Keys that merge field by field with one of our defaults. */
const DEFAULTS = new Map<string, Fields>([
  ['podSecurityContext', { ...RESTRICTED_POD }],
  ['containerSecurityContext', { ...RESTRICTED_CONTAINER }],
]);

/** Other keys in Kubernetes' form, which merge field by field, too. */
const MERGED = new Set(['affinity', 'dnsConfig']);

/** Keys that are maps by name. */
const NAMED = new Set(['env', 'volumes', 'nodeSelector']);

/**
 * Sets in an entry of the application, such as a process, the values by which its pods differ from those that they inherit.
 *
 * @param at the place of the entry: `['processes', 'worker']`
 * @param pods the values that the pods have, as if they inherited nothing
 * @param keys those of the entry, in the order of the values file
 */
export function putOwnValues(draft: Draft, at: FieldPath, pods: Draft, keys: readonly string[]): void {
  for (const key of new Set(['name', ...keys])) {
    const value = pods.values[key];
    const isInherited = Object.hasOwn(INHERITED_KEYS, key);
    draft.put([...at, key], isInherited ? ownValue(key, draft.values[key], value) : value);
  }
  draft.takeSources(at, pods);
}

/** The value of an inherited key; undefined if the application's gives the same pods. Null removes that. */
function ownValue(key: string, inherited: unknown, wanted: unknown): unknown {
  if (isDeepStrictEqual(inherited, wanted)) return undefined;
  const defaults = DEFAULTS.get(key);
  if (defaults !== undefined) return over(fields(inherited), fields(wanted), defaults);
  if (wanted === undefined) return inherited === null ? undefined : null;
  if (MERGED.has(key)) return over(fields(inherited), fields(wanted));
  // One without a name is that of the application.
  if (key === 'serviceAccount')
    return isAnotherAccount(wanted)
      ? wanted
      : over(fields(inherited), fields(wanted), { automountToken: false });
  return NAMED.has(key) && isMap(wanted) ? ownEntries(fields(inherited), wanted) : wanted;
}

function ownEntries(inherited: Fields, wanted: Fields): Fields {
  const changed = Object.entries(wanted).filter(
    ([name, value]) => !isDeepStrictEqual(inherited[name], value),
  );
  return {
    ...Object.fromEntries(changed.map(([name, value]) => [name, replacing(inherited[name], value)])),
    ...nulls(inherited, wanted),
  };
}

/** An entry in place of the application's: with null for each place of a mount that it does not have. */
function replacing(inherited: unknown, wanted: unknown): unknown {
  const mount = Object.entries(fields(inherited)).filter(([field]) => MOUNT.has(field));
  return isMap(wanted) ? { ...wanted, ...nulls(Object.fromEntries(mount), wanted) } : wanted;
}

const MOUNT = new Set(['mountPath', 'subPath', 'readOnly', 'mounts', 'subPathExpr', 'mountPropagation']);

function nulls(inherited: Fields, wanted: Fields): Fields {
  const removed = Object.keys(inherited).filter((name) => !Object.hasOwn(wanted, name));
  return Object.fromEntries(removed.map((name) => [name, null]));
}

function fields(value: unknown): Fields {
  return isMap(value) ? value : {};
}
