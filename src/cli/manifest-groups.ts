import path from 'node:path';
import { type Diagnostic, errorAt } from '../diagnostics/diagnostic.js';
import type { Manifest } from '../kubernetes/manifest.js';
import { unknownFieldDiagnostics } from '../checks/one-object/operator-schema.js';
import type { SchemaModel } from '../operator/strict-schema.js';
import { inNamespace, readManifests, withoutPlaceholder, type FieldPlace } from '../checks/read-manifests.js';
import { readTextStream } from '../files/read-file.js';
import { isForDelivery } from '../output/layout.js';
import { manifestFolders, type ManifestFolder } from '../output/manifest-folders.js';
import { readSources, STDIN, unreadable, type Source } from '../values/files/sources.js';
import { systemProblem } from '../output/system-problem.js';

/** Manifests that are applied together. */
export interface ManifestGroup {
  /** The files: a file, a folder, `3 files in dist`. */
  readonly of: string;
  /** Number of files. */
  readonly files: number;
  /** The manifests, each with the places of its fields. */
  readonly manifests: ReadonlyMap<Manifest, FieldPlace>;
  /** Diagnostics about the texts: repeated keys and unknown fields. */
  readonly diagnostics: readonly Diagnostic[];
  /** Skipped documents, with the reasons. */
  readonly notes: readonly Diagnostic[];
}

export interface GroupOptions {
  /** Files and folders whose objects belong together; `-` is standard input. Empty: each folder of `output` by itself. */
  readonly files: readonly string[];
  readonly output: string;
  /** Namespace of objects without one. @default default */
  readonly namespace?: string | undefined;
  readonly stdin: NodeJS.ReadableStream;
}

interface Sources {
  readonly of: string;
  readonly sources: readonly Source[];
}

/** Reads manifests from any source: returns all of them, or all problems. */
export async function readManifestGroups({
  files,
  output,
  namespace,
  stdin,
}: GroupOptions): Promise<
  { readonly groups: readonly ManifestGroup[] } | { readonly problems: readonly Diagnostic[] }
> {
  const problems: Diagnostic[] = [];
  const read = files.length > 0 ? [await together(files, stdin, problems)] : inOutput(output, problems);
  const schemas = await schemasFor(read.flatMap(({ sources }) => sources));
  const groups = read.map(({ of, sources }): ManifestGroup => {
    const given = new Map<Manifest, FieldPlace>();
    const repeatedKeys: Diagnostic[] = [];
    const notes: Diagnostic[] = [];
    for (const { file, text } of sources) {
      const read = readManifests(file, text);
      for (const { manifest, placeOf } of read.objects) given.set(manifest, placeOf);
      problems.push(...read.problems);
      repeatedKeys.push(...read.repeatedKeys);
      notes.push(...read.leftOut);
    }
    const manifests = placed(given, namespace);
    if (manifests.size === 0 && problems.length === 0)
      problems.push(...notes, errorAt({ file: of }, 'contains no objects'));
    const diagnostics = [...unknownFieldsOf(manifests, schemas), ...repeatedKeys];
    return { of, files: sources.length, manifests, diagnostics, notes };
  });
  return problems.length > 0 ? { problems } : { groups };
}

/** Loads the schema of AlertmanagerConfig only if a source contains one: it needs a WebAssembly engine. */
async function schemasFor(sources: readonly Source[]): Promise<readonly Schema[]> {
  if (!sources.some(({ text }) => text.includes('AlertmanagerConfig'))) return [];
  const { AlertmanagerConfig } =
    await import('@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1alpha1/AlertmanagerConfig');
  return [AlertmanagerConfig];
}

type Schema = SchemaModel & { readonly apiVersion: string; readonly kind: string };

function unknownFieldsOf(manifests: ManifestGroup['manifests'], schemas: readonly Schema[]): Diagnostic[] {
  return [...manifests].flatMap(([manifest, placeOf]) => {
    const schema = schemas.find(
      ({ apiVersion, kind }) => apiVersion === manifest['apiVersion'] && kind === manifest['kind'],
    );
    if (schema === undefined) return [];
    return unknownFieldDiagnostics(manifest, schema).map((diagnostic) => ({
      ...diagnostic,
      ...placeOf(diagnostic.field),
    }));
  });
}

/** Puts objects without a namespace in this one. */
function placed(
  given: ManifestGroup['manifests'],
  namespace: string | undefined,
): ManifestGroup['manifests'] {
  const manifests = withoutPlaceholder([...given.keys()]);
  const places = [...given.values()];
  const inPlace = namespace === undefined ? manifests : inNamespace(namespace, manifests);
  return new Map(inPlace.map((manifest, i) => [manifest, places[i] ?? (() => ({}))]));
}

async function together(
  files: readonly string[],
  stdin: NodeJS.ReadableStream,
  problems: Diagnostic[],
): Promise<Sources> {
  const named = readSources(
    files.filter((file) => file !== '-'),
    {
      given: '[file...]',
      wanted: 'a file or a folder',
      advice: () => 'name a file, or a folder with files (its subfolders are not read)',
      json: true,
    },
  );
  problems.push(...named.problems);
  const piped = files.includes('-') ? await readStdin(stdin, problems) : [];
  const sources = [...piped, ...named.sources];
  return { of: headline(files, sources), sources };
}

async function readStdin(stdin: NodeJS.ReadableStream, problems: Diagnostic[]): Promise<Source[]> {
  const file = STDIN;
  try {
    return [{ file, text: await readTextStream(stdin) }];
  } catch (error) {
    problems.push(unreadable(file, error));
    return [];
  }
}

/** Names the files if they are few, else the arguments. */
function headline(given: readonly string[], sources: readonly Source[]): string {
  const names = sources.map(({ file }) => file);
  if (names.length <= MOST_NAMED) return names.join(', ');
  const shown = given.length <= MOST_NAMED ? given : [...given.slice(0, MOST_NAMED), '…'];
  return `${names.length} files (${shown.join(', ')})`;
}

const MOST_NAMED = 3;

/** One group for each environment: each has its own cluster or namespace. */
function inOutput(output: string, problems: Diagnostic[]): Sources[] {
  let folders: ManifestFolder[];
  try {
    folders = manifestFolders(output).filter(({ name, files }) => files.length > 0 && !isForDelivery(name));
  } catch (error) {
    problems.push(systemProblem(error, 'read', output));
    return [];
  }
  if (folders.length === 0)
    problems.push(errorAt({ file: output }, 'contains no manifests', 'run synth first, or name files'));
  return folders.map(({ name, files }) => {
    const read = readSources(files.map((file) => path.join(output, file)));
    problems.push(...read.problems);
    return { of: path.join(output, name), sources: read.sources };
  });
}
