import path from 'node:path';
import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import { descriptorOf } from '../../files/read-file.js';
import { isMap } from '../../kubernetes/manifest.js';
import { parseYaml, type ParsedYaml, type YamlDocument } from '../../yaml/yaml-document.js';
import { kindProblem } from './document-kind.js';
import { DEFAULTS } from '../kinds.js';
import { DEFAULTS_FILES, STDIN, type Source } from '../files/sources.js';
import { writtenDocument, type WrittenDocument } from './written-document.js';

/** A document of kind Defaults. */
export interface DefaultsDocument extends WrittenDocument {
  /** Problems of the document as a whole. */
  readonly problems: readonly FieldDiagnostic[];
  /** The folder that it holds for; of a stream, the stream itself. */
  readonly folder: string;
  /** Whether the file is above the paths that the user named. */
  readonly isAbove: boolean;
  /** Whether there may be applications below that are not read. */
  readonly isPartlyRead: boolean;
}

const NONE: readonly DefaultsDocument[] = [];

/** The Defaults in values files, by their folders. They are read before the applications, and once. */
export class FolderDefaults {
  /** The Defaults that hold, by folder. A folder has one. */
  private readonly inFolder = new Map<string, DefaultsDocument>();
  private readonly others: DefaultsDocument[] = [];
  private readonly parsed = new Map<Source, ParsedYaml>();
  /** Folders with a file of Defaults that cannot be read. */
  private readonly unreadable = new Set<string>();
  private readonly known = new Map<string, readonly DefaultsDocument[]>();

  constructor(sources: readonly Source[]) {
    for (const source of sources) if (mayContainDefaults(source)) this.read(source);
  }

  private read(source: Source): void {
    const parsed = parseYaml(source.file, source.text);
    this.parsed.set(source, parsed);
    const folder = folderOf(source.file);
    if (parsed.problems.length > 0) this.unreadable.add(folder);
    for (const yaml of parsed.documents) {
      if (lacksKind(yaml)) this.unreadable.add(folder);
      if (!isDefaults(yaml)) continue;
      const document = defaultsDocument(yaml, source);
      if (this.inFolder.has(folder)) this.others.push(document);
      else this.inFolder.set(folder, document);
    }
  }

  /** The documents of a file, if it is read already. */
  documentsOf(source: Source): ParsedYaml | undefined {
    return this.parsed.get(source);
  }

  /** All Defaults, also those that do not hold, as their folder has others. */
  get all(): readonly DefaultsDocument[] {
    return [...this.inFolder.values(), ...this.others];
  }

  /** The Defaults that hold for the applications in a file, the outermost folder first. */
  above(file: string): readonly DefaultsDocument[] {
    if (this.inFolder.size === 0) return NONE;
    const folder = folderOf(file);
    const known =
      this.known.get(folder) ?? foldersAround(folder).flatMap((around) => this.inFolder.get(around) ?? []);
    this.known.set(folder, known);
    return known;
  }

  /** The Defaults over which those of a document are merged. */
  outside({ folder }: DefaultsDocument): readonly DefaultsDocument[] {
    return foldersAround(folder)
      .slice(0, -1)
      .flatMap((around) => this.inFolder.get(around) ?? []);
  }

  /** The Defaults of the same folder that hold instead of these. */
  insteadOf(document: DefaultsDocument): DefaultsDocument | undefined {
    const holds = this.inFolder.get(document.folder);
    return holds === document ? undefined : holds;
  }

  /** Whether Defaults that would hold for a file cannot be read. */
  areUnreadable(file: string): boolean {
    return (
      this.unreadable.size > 0 && foldersAround(folderOf(file)).some((folder) => this.unreadable.has(folder))
    );
  }
}

/** Some sources, with those of all sources whose Defaults hold for them. */
export function withDefaults(chosen: readonly Source[], all: readonly Source[]): Source[] {
  const files = new Set(chosen.map(({ file }) => file));
  const folders = new Set(chosen.flatMap(({ file }) => foldersAround(folderOf(file))));
  const others = all.filter(
    (source) => !files.has(source.file) && mayContainDefaults(source) && folders.has(folderOf(source.file)),
  );
  return [...others.map((source) => ({ ...source, isAbove: true })), ...chosen];
}

export function isDefaults({ value }: YamlDocument): boolean {
  return isMap(value) && value['kind'] === DEFAULTS;
}

/** Whether a document without a name is in the file for Defaults, and its kind is missing or wrong. */
export function lacksKind({ file, value }: YamlDocument): boolean {
  if (!isDefaultsFile(file) || !isMap(value) || value['name'] !== undefined) return false;
  return value['kind'] === undefined || kindProblem(value) !== undefined;
}

/** Whether a file has the name that files of Defaults have: a run for single files finds them by it. */
export function isDefaultsFile(file: string): boolean {
  return DEFAULTS_FILES.includes(path.basename(file));
}

/** Whether a file is a stream, such as standard input. It is in no folder. */
export function isStream(file: string): boolean {
  return file === STDIN || descriptorOf(file) !== undefined;
}

function mayContainDefaults({ file }: Source): boolean {
  return isDefaultsFile(file) || isStream(file);
}

/** Reads a document of kind Defaults. @param yaml a map @param source its file. @default - a file of a folder that is read */
export function defaultsDocument(
  yaml: YamlDocument,
  { isAbove = false, isNamed = false }: Partial<Source> = {},
): DefaultsDocument {
  const value = yaml.value as Readonly<Record<string, unknown>>;
  const { written = { yaml, base: {} }, problems } = writtenDocument(yaml, value);
  const { environments } = written;
  return {
    yaml,
    base: withoutName(written.base),
    ...(environments !== undefined && {
      environments: new Map([...environments].map(([name, values]) => [name, withoutName(values)])),
    }),
    problems,
    folder: folderOf(yaml.file),
    isAbove,
    isPartlyRead: isAbove || (isNamed && !isStream(yaml.file)),
  };
}

/** Each application has a name of its own. */
function withoutName(given: WrittenDocument['base']): WrittenDocument['base'] {
  const { name: _, ...values } = given;
  return values;
}

function folderOf(file: string): string {
  return isStream(file) ? file : path.dirname(path.resolve(file));
}

/** A folder and those around it, the outermost first. */
function foldersAround(folder: string): string[] {
  const folders = [folder];
  if (isStream(folder)) return folders;
  for (let outer = path.dirname(folder); outer !== folders[0]; outer = path.dirname(outer))
    folders.unshift(outer);
  return folders;
}
