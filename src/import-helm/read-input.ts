import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { type Diagnostic, errorAt } from '../diagnostics/diagnostic.js';
import { expected } from '../diagnostics/expected.js';
import { type FieldPath, formatPath } from '../diagnostics/field-path.js';
import { scalarText } from '../diagnostics/scalar-text.js';
import { isMap, mapAt, nameOf, textAt, type Manifest } from '../kubernetes/manifest.js';
import { readSources, STDIN } from '../values/files/sources.js';
import { parseAsHelm, parseAsKubectl } from '../yaml/kubectl-documents.js';
import type { YamlDocument } from '../yaml/yaml-document.js';
import type { ImportFacts } from './facts.js';
import {
  isMadeByCluster,
  ownerOf,
  scaledObjects,
  withoutScaledReplicas,
  withoutServerFields,
} from './live-object.js';
import type { ReleaseObject } from './release-object.js';

/** Values of a chart, or the objects that Helm made from them, and the file that contains them. */
export type Input = { readonly file: string } & (
  | {
      readonly values: YamlDocument;
      readonly chart?: ImportFacts['chart'];
    }
  | Objects
);

interface Objects {
  readonly objects: readonly ReleaseObject[];
  /** Objects that the cluster makes from the others. */
  readonly made: readonly ReleaseObject[];
}

type Result<T> = T | { readonly problems: readonly Diagnostic[] };

/**
 * Reads the file that the user names: Helm values, with the Chart.yaml beside them; the manifests of `helm template` or
 * `helm get manifest`; or the folder of a chart, for its values.
 *
 * @param namespace that of objects without one
 */
export function readInput(given: string, namespace?: string): Result<Input> {
  const file = isChart(given) ? path.join(given, 'values.yaml') : given;
  const { sources, problems } = readSources([file], {
    given: '<chart>',
    wanted: 'Helm values, or manifests that Helm made',
    advice: () => 'name Helm values, or manifests that Helm made',
    standardInput: true,
  });
  const [source, second] = sources;
  if (source === undefined || second !== undefined)
    return {
      problems:
        problems.length > 0
          ? problems
          : [errorAt({ file }, 'a folder', 'name Helm values, or manifests that Helm made')],
    };
  if (source.file === STDIN && source.text.trim() === '') return { problems: [EMPTY_PIPE] };
  const objects = objectsIn(source.file, source.text, namespace);
  if (objects !== undefined) return 'problems' in objects ? objects : { file: source.file, ...objects };
  const values = mapIn(source.file, source.text);
  if ('problems' in values) return values;
  if (isOurs(values.value)) return { problems: [errorAt({ file: source.file }, ...OURS)] };
  const chart = source.file === STDIN ? undefined : chartBeside(file);
  return chart !== undefined && 'problems' in chart
    ? chart
    : { file: source.file, values, ...(chart !== undefined && { chart }) };
}

const EMPTY_PIPE = errorAt({ file: STDIN }, 'empty', 'look whether the command before the pipe failed');

const OURS = [
  'these are values of this program already',
  'name Helm values, or manifests that Helm made',
] as const;

/** Whether values are those of a WorkerApp: a chart has the image in parts, and no workers. */
function isOurs(values: unknown): boolean {
  return isMap(values) && typeof values['image'] === 'string' && typeof values['workers'] === 'number';
}

function isChart(folder: string): boolean {
  return existsSync(path.join(folder, 'Chart.yaml')) && statSync(folder).isDirectory();
}

/** The Kubernetes objects in a text, and in its Lists; undefined if the first document is none. */
function objectsIn(file: string, text: string, namespace?: string): Result<Objects> | undefined {
  const { documents, problems } = parseAsKubectl(file, text);
  if (!isObject(documents[0]?.value)) return undefined;
  if (problems.length > 0) return { problems };
  const all = documents.flatMap((document) => objectsAt(document, document.value, []));
  const manifests = all.map(({ manifest }) => manifest);
  const scaled = scaledObjects(manifests);
  const parsed = all.map((object) => parsedObject(object, scaled, namespace));
  const isMade = all.map(({ manifest }) => isMadeByCluster(manifest, manifests));
  return { objects: parsed.filter((_, i) => isMade[i] === false), made: parsed.filter((_, i) => isMade[i]) };
}

/** An object in a document, or in a List there. */
interface Written {
  readonly document: YamlDocument;
  readonly manifest: Manifest;
  readonly at: FieldPath;
}

function objectsAt(document: YamlDocument, manifest: unknown, at: FieldPath): Written[] {
  if (!isObject(manifest)) return [];
  const { kind, items } = manifest;
  return kind === 'List' && Array.isArray(items)
    ? items.flatMap((item: unknown, i) => objectsAt(document, item, [...at, 'items', i]))
    : [{ document, manifest, at }];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return textAt(value, 'apiVersion') !== undefined && textAt(value, 'kind') !== undefined;
}

function parsedObject(
  { document, manifest, at }: Written,
  scaled: ReadonlySet<string>,
  namespace: string | undefined,
): ReleaseObject {
  const title = nameOf({ ...manifest, metadata: { namespace, ...mapAt(manifest, 'metadata') } });
  const owner = ownerOf(manifest);
  return {
    manifest: withoutServerFields(withoutScaledReplicas(manifest, scaled)),
    title,
    ...(owner?.isCustom === true && { owner: `${owner.kind} ${owner.name}` }),
    placeOf: (path) => ({
      file: document.file,
      ...document.positionOf([...at, ...path]),
      object: title,
      field: formatPath(path),
    }),
  };
}

/** Reads a text with one document, a map. */
function mapIn(file: string, text: string): Result<YamlDocument> {
  const { documents, problems } = parseAsHelm(file, text);
  if (problems.length > 0) return { problems };
  const [document] = documents;
  return document !== undefined && isMap(document.value)
    ? document
    : {
        problems: [errorAt({ file }, expected('one map, as in the values.yaml of a chart', document?.value))],
      };
}

function chartBeside(file: string): Result<NonNullable<ImportFacts['chart']>> | undefined {
  const beside = path.join(path.dirname(file), 'Chart.yaml');
  const { sources, problems } = readSources(existsSync(beside) ? [beside] : []);
  if (problems.length > 0) return { problems };
  const chart = parseAsHelm(beside, sources[0]?.text ?? '').documents[0]?.value;
  if (!isMap(chart)) return undefined;
  const { name, appVersion } = chart;
  return {
    ...(typeof name === 'string' && { name }),
    ...(appVersion !== undefined && { appVersion: scalarText(appVersion) }),
  };
}
