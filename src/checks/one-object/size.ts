import { mapAt, nameOf, textAt, type Manifest } from '../../kubernetes/manifest.js';
import { ObjectDiagnostics } from '../object-diagnostics.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';

/** Maximum data of a ConfigMap or Secret, in bytes (k8s.io/api core/v1, MaxSecretSize). */
const MAX_DATA = 2 ** 20;

/** Default maximum of a request to etcd, in bytes (`--max-request-bytes`). */
const MAX_OBJECT = 1.5 * 2 ** 20;

/** Maximum of all annotations of an object, in bytes (k8s.io/apimachinery TotalAnnotationSizeLimitB). */
const MAX_ANNOTATIONS = 2 ** 18;

/** Checks that an object is not too large for the API server. */
export function checkSize(manifest: Manifest): Diagnostic[] {
  if (bytesOf(manifest) <= MAX_DATA) return [];
  const diagnostics = new ObjectDiagnostics(manifest);
  const data = dataOf(manifest);
  if (data > MAX_DATA)
    diagnostics.refused(
      'data',
      `${kibibytes(data)}, above the maximum of ${kibibytes(MAX_DATA)}`,
      'split it',
    );
  else if (textIn(manifest) > MAX_OBJECT)
    diagnostics.refused(
      undefined,
      `${kibibytes(textIn(manifest))}, above the maximum of ${kibibytes(MAX_OBJECT)} in etcd`,
      'shorten it',
    );
  return diagnostics.all;
}

/** Notes that an object is too large for client-side `kubectl apply`. */
export function noteSize(manifest: Manifest): Diagnostic[] {
  const copy = bytesOf(manifest);
  if (copy + textIn(mapAt(manifest, 'metadata', 'annotations')) <= MAX_ANNOTATIONS) return [];
  return [
    {
      severity: 'note',
      object: nameOf(manifest),
      message: `${kibibytes(copy)}; kubectl apply keeps a copy in an annotation, and annotations have at most ${kibibytes(MAX_ANNOTATIONS)}`,
      hint: 'use kubectl apply --server-side',
    },
  ];
}

const MEASURED = new WeakMap<Manifest, number>();

/** Below this size, an object and its annotations are within all maximums. */
const SMALL = MAX_ANNOTATIONS / 2;

/** Bytes of an object in JSON: an upper bound of its texts. For a small object, it is only an upper bound of that, too. */
function bytesOf(manifest: Manifest): number {
  const known = MEASURED.get(manifest);
  if (known !== undefined) return known;
  const most = mostBytes(manifest);
  const size = most <= SMALL ? most : bytes(JSON.stringify(manifest));
  MEASURED.set(manifest, size);
  return size;
}

/** An upper bound of the bytes of a value in JSON. It takes less time than to write the JSON. */
function mostBytes(value: unknown): number {
  if (typeof value === 'string') return mostInText(value);
  if (typeof value !== 'object' || value === null) return LONGEST_NUMBER;
  let total = '{},'.length;
  if (Array.isArray(value)) for (const item of value) total += mostBytes(item);
  else for (const key in value) total += mostInText(key) + mostBytes((value as Manifest)[key]);
  return total;
}

function mostInText({ length }: string): number {
  return LONGEST_ESCAPE * length + '"",'.length;
}

const LONGEST_ESCAPE = String.raw`\u0000`.length;
const LONGEST_NUMBER = `${-Number.MAX_VALUE},`.length;

function dataOf(manifest: Manifest): number {
  const kind = textAt(manifest, 'kind');
  if (kind !== 'ConfigMap' && kind !== 'Secret') return 0;
  const encoded = kind === 'Secret' ? 'data' : 'binaryData';
  const plain = kind === 'Secret' ? 'stringData' : 'data';
  return sum(mapAt(manifest, plain), bytes) + sum(mapAt(manifest, encoded), decodedBytes);
}

function sum(texts: Manifest, sizeOf: (text: string) => number): number {
  return Object.values(texts).reduce<number>(
    (total, text) => total + (typeof text === 'string' ? sizeOf(text) : 0),
    0,
  );
}

function bytes(text: string): number {
  return Buffer.byteLength(text);
}

function decodedBytes(base64: string): number {
  return Buffer.byteLength(base64, 'base64');
}

/** Bytes of all strings in a value: a lower bound of its encoded size. */
function textIn(value: unknown): number {
  if (typeof value === 'string') return bytes(value);
  if (typeof value !== 'object' || value === null) return 0;
  let total = 0;
  for (const inner of Object.values(value)) total += textIn(inner);
  return total;
}

function kibibytes(size: number): string {
  return `${Math.ceil(size / 1024)} KiB`;
}
