import { isManifestPlace } from '../output/layout.js';
import { isOurs } from '../output/manifest-file.js';
import { GitError, type Git } from './git.js';

/** A file in the mirrored folder that changes. */
export interface MirroredFile {
  /** Path below the mirrored folder. */
  readonly file: string;
  readonly change: 'added' | 'changed' | 'removed';
}

/** A state of the repository in which the folder is mirrored. */
export interface Mirrored {
  readonly tree: string;
  readonly changes: readonly MirroredFile[];
  /** Manifests that stay, though they are not among the files: paths below the mirrored folder. */
  readonly kept: readonly string[];
}

interface Entry {
  readonly type: string;
  readonly object: string;
  readonly path: string;
}

/**
 * Mirrors manifests into a folder of a commit. Removes manifests that this program wrote and that are not among them any
 * more. Other files and folders stay. No file is checked out: filters, links and hooks of the repository have no effect.
 *
 * @param base commit; undefined for an empty repository
 * @param folder path in the repository; empty for its root
 * @param objects path below the folder → object (see `storeFiles`)
 * @param mirrors whether to mirror a path below the folder
 * @param keeps whether a manifest stays, though it is not among them any more
 * @throws GitError if the folder cannot be made in the repository, or another program's file would be overwritten
 */
export async function mirror(
  git: Git,
  base: string | undefined,
  folder: string,
  objects: ReadonlyMap<string, string>,
  mirrors: (file: string) => boolean = isManifestPlace,
  keeps: (file: string) => boolean = () => false,
): Promise<Mirrored> {
  await git.output(base === undefined ? ['read-tree', '--empty'] : ['read-tree', base]);
  await insistOnFolder(git, base, folder);
  const prefix = folder === '' ? '' : `${folder}/`;
  const before = new Map(
    (base === undefined ? [] : await entriesIn(git, base, prefix))
      .filter(({ type, path }) => type === 'blob' && mirrors(path.slice(prefix.length)))
      .map((entry) => [entry.path.slice(prefix.length), entry.object]),
  );
  const all = await changesBetween(git, prefix, before, objects);
  const isKept = ({ file, change }: MirroredFile) => change === 'removed' && keeps(file);
  const changes = all.filter((change) => !isKept(change));
  const lines = changes.map(({ file }) => {
    const object = objects.get(file);
    return `${object === undefined ? `0 ${NO_OBJECT}` : `100644 ${object}`}\t${prefix}${file}\0`;
  });
  await git.output(['update-index', '-z', '--index-info'], lines.join(''));
  const tree = (await git.output(['write-tree'])).trim();
  const meant = new Map(changes.map(({ file }) => [prefix + file, objects.get(file) ?? NO_OBJECT]));
  await insistOnChanges(git, base, tree, meant);
  return { tree, changes, kept: all.filter(isKept).map(({ file }) => file) };
}

const NO_OBJECT = '0'.repeat(40);

const ANOTHER_FOLDER = 'name another folder with --path';

/**
 * Refuses a tree with any other difference from the commit than the changes: git skips paths that some system reads as
 * .git, and removes a file (or folder) if a folder (or file) of its name is added.
 *
 * @param meant intended changes: path in the repository → object, or NO_OBJECT for a removed file
 */
async function insistOnChanges(
  git: Git,
  base: string | undefined,
  tree: string,
  meant: ReadonlyMap<string, string>,
): Promise<void> {
  const before = base ?? (await git.output(['mktree'])).trim();
  const fields = (await git.output(['diff-tree', '-r', '-z', '--no-renames', before, tree])).split('\0');
  const made = new Map<string, string>();
  for (let i = 0; i + 1 < fields.length; i += 2)
    made.set(fields[i + 1] ?? '', fields[i]?.split(' ')[3] ?? '');
  for (const [file, object] of meant)
    if (made.get(file) !== object)
      throw new GitError(`git cannot keep a file at ${JSON.stringify(file)}`, ANOTHER_FOLDER);
  for (const file of made.keys())
    if (!meant.has(file))
      throw new GitError(
        `${file} exists, and a manifest needs its name for a file or folder`,
        ANOTHER_FOLDER,
      );
}

/** Writes files to the object store. @returns path below the folder → object */
export async function storeFiles(git: Git, files: ReadonlyMap<string, string>): Promise<Map<string, string>> {
  const paths = [...files.values()].map((file) => `${file}\n`).join('');
  const objects = (await git.output(['hash-object', '-w', '--no-filters', '--stdin-paths'], paths)).split(
    '\n',
  );
  return new Map([...files.keys()].map((file, i) => [file, objects[i] ?? '']));
}

async function changesBetween(
  git: Git,
  prefix: string,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): Promise<MirroredFile[]> {
  const changes: MirroredFile[] = [];
  for (const [file, object] of after) {
    const old = before.get(file);
    if (old === object) continue;
    if (old !== undefined && !(await isOurObject(git, old)))
      throw new GitError(`${prefix}${file} exists, and this program did not write it`, ANOTHER_FOLDER);
    changes.push({ file, change: old === undefined ? 'added' : 'changed' });
  }
  for (const [file, object] of before)
    if (!after.has(file) && (await isOurObject(git, object))) changes.push({ file, change: 'removed' });
  return changes;
}

async function isOurObject(git: Git, object: string): Promise<boolean> {
  return isOurs(await git.output(['cat-file', 'blob', object]));
}

/** Refuses a path if it, or a part of it, is a file, a link or a submodule. */
async function insistOnFolder(git: Git, base: string | undefined, folder: string): Promise<void> {
  if (base === undefined || folder === '') return;
  const parts = folder.split('/');
  for (const [i] of parts.entries()) {
    const part = parts.slice(0, i + 1).join('/');
    const [entry] = await listed(git, [base, '--', part]);
    if (entry === undefined) return;
    if (entry.type !== 'tree')
      throw new GitError(`${part} is not a folder in the repository`, ANOTHER_FOLDER);
  }
}

/** All files below a prefix. */
function entriesIn(git: Git, base: string, prefix: string): Promise<Entry[]> {
  return listed(git, ['-r', base, ...(prefix === '' ? [] : ['--', prefix])]);
}

async function listed(git: Git, args: readonly string[]): Promise<Entry[]> {
  const lines = await git.output(['--literal-pathspecs', 'ls-tree', '-z', '--full-tree', ...args]);
  return lines.split('\0').flatMap((line) => {
    const [, type, object, path] = /^\S+ (\S+) (\S+)\t(.*)$/s.exec(line) ?? [];
    return type === undefined || object === undefined || path === undefined ? [] : [{ type, object, path }];
  });
}
