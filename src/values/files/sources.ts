import { lstatSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { descriptorOf, readTextFile, UnreadableFile } from '../../files/read-file.js';
import { type Diagnostic, errorAt } from '../../diagnostics/diagnostic.js';
import { expectLongRun } from '../../long-run.js';
import { inspect } from '../../diagnostics/expected.js';
import { isAbsent, systemReason } from '../../diagnostics/system-error.js';
import { projectAbove } from './project-above.js';
import { unreadValues } from './unread-json.js';
import { filesInFolder, isJson, type FolderFile, type FolderReading } from './values-files.js';

/** The text of one values file. */
export interface Source {
  /** The path, as the user wrote it. */
  readonly file: string;
  readonly text: string;
  /** Whether only its Defaults count: the file is in a folder above the paths that the user named. @default false */
  readonly isAbove?: boolean;
  /** Whether the user named the file itself: other files of its folder may not be read. @default false */
  readonly isNamed?: boolean;
}

/** The names of a file of Defaults. */
export const DEFAULTS_FILES: readonly string[] = ['defaults.yaml', 'defaults.yml'];

/** The purpose of paths: words for error messages, and options for reading folders. */
export interface PathUse extends FolderReading {
  /** The option or argument with the paths. */
  readonly given: string;
  /** The things that the user may name there. */
  readonly wanted: string;
  /** The fix if a folder is missing or empty. */
  advice(folder: string): string;
  /** Whether `-` means standard input. @default false */
  readonly standardInput?: boolean;
  /** Whether Defaults in the folders above the paths are read, too. @default false */
  readonly defaultsAbove?: boolean;
  /** Whether the `.json` files of a folder are read: kubectl reads them. @default false */
  readonly json?: boolean;
}

/** Default folder of values files. */
export const DEFAULT_VALUES = 'values';

/** The place of values from standard input, in messages. */
export const STDIN = '<stdin>';

/** Values files, and folders of them. */
export const VALUES_PATHS: PathUse = {
  given: '--values',
  wanted: 'a file or a folder',
  advice: (folder) => {
    if (folder !== DEFAULT_VALUES) return 'add one, or name another with --values';
    const above = projectAbove(folder);
    return above === undefined
      ? 'make a project with "worker-metrics init", or name another with --values'
      : `run this in ${above}, which has a folder values, or name another with --values`;
  },
  subfolders: true,
  standardInput: true,
  defaultsAbove: true,
};

/** Characters of YAML; about 100 applications. */
const LONG_RUN_FROM = 40_000;

/**
 * Reads YAML files, each once.
 *
 * @param paths files and folders; of a folder, the `.yaml` and `.yml` files are read, sorted by name
 * @returns the texts, errors about paths that cannot be read, and warnings about files that look like values, but are not read
 */
export function readSources(
  paths: readonly string[],
  use: PathUse = VALUES_PATHS,
): { sources: Source[]; problems: Diagnostic[]; warnings: Diagnostic[] } {
  const sources: Source[] = [];
  const problems: Diagnostic[] = [];
  const unread: string[] = [];
  const seen = new Set<string>();
  const attempt = (file: string, act: () => void) => {
    try {
      act();
    } catch (error) {
      problems.push(unreadable(file, error));
    }
  };
  const readOnce = ({ file, real }: FolderFile, from = file, isNamed = false) =>
    attempt(file, () => {
      const once = real ?? realFile(from);
      const text = () => readTextFile(from, { isRegular: real !== undefined });
      if (!seen.has(once)) sources.push({ file, text: text(), ...(isNamed && { isNamed }) });
      seen.add(once);
    });
  for (const given of paths) {
    if (given === '') problems.push(emptyPath(use.given, use.wanted));
    else if (given === '-' && use.standardInput) readOnce({ file: STDIN }, '/dev/stdin');
    else
      attempt(given, () => {
        for (const found of filesIn(given, use, attempt))
          if (isPassedOver(found, given, use)) unread.push(found.file);
          else readOnce(found, found.file, found.file === given);
      });
  }
  const length = sources.reduce((sum, { text }) => sum + text.length, 0);
  if (length > LONG_RUN_FROM) expectLongRun();
  for (const file of use.defaultsAbove ? defaultsAbove(paths) : [])
    attempt(file, () => {
      if (!seen.has(realFile(file))) sources.push(...defaultsIn(file));
    });
  const warnings = unread.filter((file) => !seen.has(realFile(file))).flatMap(unreadValues);
  return { sources, problems, warnings };
}

function isPassedOver({ file }: FolderFile, given: string, { json = false }: PathUse): boolean {
  return isJson(file) && !json && file !== given;
}

/** A file of another program may have the name of a file of Defaults. */
const MAY_BE_DEFAULTS = /\bkind\b["']?\s*:\s*["']?defaults?\b/i;

function defaultsIn(file: string): Source[] {
  const text = readTextFile(file);
  return MAY_BE_DEFAULTS.test(text) ? [{ file, text, isAbove: true }] : [];
}

/** The path that tells files apart. A link to Defaults holds for the folder of the link. */
function realFile(file: string): string {
  if (descriptorOf(file) !== undefined) return file;
  const { dir, base } = path.parse(file);
  return DEFAULTS_FILES.includes(base)
    ? path.join(realpathSync.native(dir || '.'), base)
    : realpathSync.native(file);
}

/** The files with the name of Defaults in the folders above paths, the outermost first. */
function defaultsAbove(paths: readonly string[]): string[] {
  const folders = new Set<string>();
  for (const given of paths) {
    if (given === '' || given === '-' || descriptorOf(given) !== undefined) continue;
    let folder = path.resolve(given);
    for (let outer = path.dirname(folder); outer !== folder && !folders.has(named(outer, given));) {
      folders.add(named(outer, given));
      folder = outer;
      outer = path.dirname(folder);
    }
  }
  return [...folders]
    .toSorted((a, b) => path.resolve(a).length - path.resolve(b).length)
    .flatMap((folder) => DEFAULTS_FILES.map((name) => path.join(folder, name)))
    .filter(isFile);
}

function isFile(file: string): boolean {
  try {
    return statSync(file).isFile();
  } catch {
    return isLink(file); // a broken one is a problem. Others are missing, or in a folder that the user may not read
  }
}

function isLink(file: string): boolean {
  try {
    return lstatSync(file).isSymbolicLink();
  } catch {
    return false;
  }
}

/** A folder in the form in which the user named a path. */
function named(folder: string, given: string): string {
  return path.isAbsolute(given) ? folder : path.relative('', folder);
}

/** Reports an option or argument with an empty path. @param wanted such as `a file or a folder` */
export function emptyPath(option: string, wanted: string): Diagnostic {
  return errorAt({ field: option }, 'an empty path', `name ${wanted}`);
}

function filesIn(
  given: string,
  use: PathUse,
  attempt: (file: string, act: () => void) => void,
): FolderFile[] {
  if (descriptorOf(given) !== undefined) return [{ file: given }];
  const stats = statSync(given, { throwIfNoEntry: false });
  if (stats === undefined && isLink(given)) return [{ file: given }];
  if (stats === undefined)
    throw new UnreadableFile('cannot be read: no such file or directory', use.advice(given));
  if (!stats.isDirectory()) return [{ file: given }];
  const files = filesInFolder(given, use, attempt);
  const passedOver = files.filter((file) => isPassedOver(file, given, use));
  if (passedOver.length === files.length) {
    const [like] = passedOver.flatMap(({ file }) => unreadValues(file));
    throw new UnreadableFile(
      `no .yaml${use.json ? ' or .json' : ''} file in this folder`,
      like?.hint ?? use.advice(given),
    );
  }
  return files;
}

/** Reports why a file was not read. */
export function unreadable(file: string, error: unknown): Diagnostic {
  if (error instanceof UnreadableFile) return errorAt({ file }, error.message, error.hint);
  if (isAbsent(error) && isLink(file))
    return errorAt({ file }, `a broken link to ${inspect(readlinkSync(file))}`, 'mend it, or remove it');
  return errorAt({ file }, `cannot be read: ${systemReason(error)}`);
}
