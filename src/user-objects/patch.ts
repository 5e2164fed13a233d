import jsonPatchLibrary, { type Operation } from 'fast-json-patch';
import type { Message } from '../diagnostics/diagnostic.js';
import { isMap, textAt, type Manifest } from '../kubernetes/manifest.js';

/** One operation of a JSON Patch. @see https://www.rfc-editor.org/rfc/rfc6902 */
export interface JsonPatchOperation {
  readonly op: 'add' | 'remove' | 'replace' | 'move' | 'copy' | 'test';
  /** JSON Pointer of the field: `/spec/template/spec/hostNetwork`. */
  readonly path: string;
  /** For `add`, `replace` and `test`. */
  readonly value?: unknown;
  /** For `move` and `copy`. */
  readonly from?: string;
}

/** A change of a finished object: either `merge` or `json`. */
export interface Patch {
  /** The object to change. */
  readonly target: { readonly kind: string; readonly name: string };
  /** A JSON Merge Patch: maps are merged, other values replace, null removes. @see https://www.rfc-editor.org/rfc/rfc7396 */
  readonly merge?: Readonly<Record<string, unknown>>;
  /** A JSON Patch. */
  readonly json?: readonly JsonPatchOperation[];
}

/** An operation of a JSON Patch that cannot be applied. */
export class PatchError extends Error {
  override readonly name = 'PatchError';
  readonly hint?: string | undefined;

  /** @param operation its number in the patch, from 0 */
  constructor(
    readonly operation: number,
    { message, hint }: Message,
    options?: { readonly cause: unknown }, // not ErrorOptions: users may compile for ES2016
  ) {
    super(message, options);
    this.hint = hint;
  }
}

/** The keys in a JSON Pointer: `/metadata/labels/a~1b`. */
export function pointerKeys(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((word) => word.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Whether an object is the target of a patch. */
export function isTarget({ kind, name }: Patch['target'], manifest: Manifest): boolean {
  return manifest['kind'] === kind && textAt(manifest, 'metadata', 'name') === name;
}

/** The manifest after a patch. @throws PatchError */
export function applyPatch(manifest: Manifest, { merge, json = [] }: Patch): Manifest {
  const merged = merge === undefined ? manifest : (mergePatch(manifest, merge) as Manifest);
  return json.length === 0 ? merged : jsonPatch(merged, json);
}

/** RFC 7396. Values of the patch replace those of the document, but null removes, and maps are merged. */
function mergePatch(document: unknown, patch: unknown): unknown {
  if (!isMap(patch)) return patch;
  const merged = new Map(Object.entries(isMap(document) ? document : {}));
  for (const [field, value] of Object.entries(patch)) {
    if (value === null) merged.delete(field);
    else merged.set(field, mergePatch(merged.get(field), value));
  }
  return Object.fromEntries(merged);
}

function jsonPatch(manifest: Manifest, operations: readonly JsonPatchOperation[]): Manifest {
  let patched: unknown = jsonPatchLibrary.deepClone(manifest);
  for (const [i, operation] of operations.entries()) {
    try {
      const copy = jsonPatchLibrary.deepClone(operation) as Operation;
      patched = jsonPatchLibrary.applyPatch(patched, [copy], true).newDocument;
    } catch (error) {
      throw new PatchError(i, reasonOf(operation, String((error as Error).name)), { cause: error });
    }
  }
  return isMap(patched) ? patched : {};
}

function reasonOf({ op, path, from }: JsonPatchOperation, error: string): Message {
  switch (error) {
    case 'TEST_OPERATION_FAILED':
      return { message: `the value at ${path} is another one` };
    case 'OPERATION_FROM_UNRESOLVABLE':
      return { message: `there is no field ${from ?? ''}` };
    case 'OPERATION_VALUE_OUT_OF_BOUNDS':
    case 'OPERATION_PATH_ILLEGAL_ARRAY_INDEX':
      return {
        message: `${path} is in a list`,
        hint: 'end it with the number of an item, from 0, or with "-" for the end of the list',
      };
    case 'TypeError':
      return { message: `${path} cannot be patched` };
    default:
      return op === 'add'
        ? { message: `there is no map or list around ${path}`, hint: 'add that first' }
        : { message: `there is no field ${path}` };
  }
}
