import { setTimeout as sleep } from 'node:timers/promises';
import { MANAGED_BY } from '../kubernetes/labels.js';
import { commitMessage } from './commit-message.js';
import { Git, GitError } from './git.js';
import { withoutSecrets } from './hide-secrets.js';
import { mirror, storeFiles, type Mirrored, type MirroredFile } from './mirror.js';
import { RemoteBranch } from './remote-branch.js';
import { inTemporaryFolder } from './temporary-repository.js';

export interface PublishOptions {
  /** URL or path of the repository, in any form that git accepts. */
  readonly repo: string;
  readonly branch: string;
  /** Folder in the repository; empty for its root. */
  readonly folder: string;
  /** Path below the folder → file on disk. */
  readonly files: ReadonlyMap<string, string>;
  /** Whether to mirror a path below the folder. @default - every path of a manifest */
  readonly mirrors?: ((file: string) => boolean) | undefined;
  /** Whether a manifest on the branch stays, though it is not among the files. @default - all are removed */
  readonly keeps?: ((file: string) => boolean) | undefined;
  /** Subject of the commit. @default - names the applications */
  readonly message?: string | undefined;
  /** Only make the diff, without secret values; push nothing. */
  readonly dryRun?: boolean | undefined;
}

export interface Published {
  readonly changes: readonly MirroredFile[];
  /** Manifests that stay on the branch, though they are not among the files. */
  readonly kept: readonly string[];
  /** The pushed commit; undefined if there was nothing to push. */
  readonly commit?: string | undefined;
  /** Only for a dry run. */
  readonly diff?: string;
}

/** Maximum number of pushes that lose to pushes of others. */
const ATTEMPTS = 50;
/** Maximum number of pushes without an answer: a bad network, or no permission to push. */
const BROKEN_ATTEMPTS = 3;
const LONGEST_PAUSE_MS = 2000;

/**
 * Commits manifests to a branch of another repository. If others push at the same time, it fetches their commits and
 * repeats its change on top.
 *
 * @throws GitError with git's message; then nothing was pushed
 */
export async function publish(options: PublishOptions): Promise<Published> {
  return inTemporaryFolder(async (folder, ended) => {
    const git = new Git(folder, options.repo, { ended });
    await git.output(['init', '--quiet', '--bare', folder]);
    const branch = new RemoteBranch(git, options.branch);
    branch.checkName();
    return published(git, branch, options);
  });
}

async function published(git: Git, branch: RemoteBranch, options: PublishOptions): Promise<Published> {
  let lost = 0;
  const broken: { commit: string; reason: string }[] = [];
  const objects = await storeFiles(git, options.files);
  const commitTree = await commitTreeCommand(git);
  while (lost < ATTEMPTS && broken.length < BROKEN_ATTEMPTS) {
    const base = await headAfter(branch, broken.at(-1)?.reason);
    const mirrored = await mirror(git, base, options.folder, objects, options.mirrors, options.keeps);
    const { changes, kept } = mirrored;
    // A push without an answer may have arrived.
    if (changes.length === 0) return { changes, kept, commit: broken.at(-1)?.commit };
    if (options.dryRun) {
      const text = await diff(git, base, mirrored);
      return { changes, kept, diff: text };
    }

    const parent = base === undefined ? [] : ['-p', base];
    const message = commitMessage(changes, options.message);
    const commit = (await git.output([...commitTree, mirrored.tree, ...parent, '-F', '-'], message)).trim();
    const pushed = await branch.push(commit);
    if (pushed.state === 'accepted') return { changes, kept, commit };
    if (pushed.state === 'refused') throw new GitError(`the remote refused the push: ${pushed.reason}`);
    if (pushed.state === 'unknown') broken.push({ commit, reason: pushed.reason });
    else lost += 1;
    await sleep(Math.random() * Math.min(LONGEST_PAUSE_MS, 50 * 2 ** lost));
  }
  const reason = broken.at(-1)?.reason;
  throw reason === undefined
    ? new GitError(`the push did not arrive: others pushed first, ${ATTEMPTS} times`, 'try again')
    : new GitError(`the push did not arrive: ${reason}`);
}

/** @param broken the reason why the previous push got no answer, if it got none */
async function headAfter(branch: RemoteBranch, broken: string | undefined): Promise<string | undefined> {
  try {
    return await branch.head();
  } catch (error) {
    if (broken === undefined || !(error instanceof GitError)) throw error;
    throw new GitError(
      `the connection broke during the push, which may have arrived or not: ${broken}`,
      'run this again to see',
      { cause: error },
    );
  }
}

/** `git commit-tree`, signed if the user's git signs commits; with a default author if git has none. */
async function commitTreeCommand(git: Git): Promise<string[]> {
  const hasAuthor = (await git.run(['var', 'GIT_COMMITTER_IDENT'])).exitCode === 0;
  const isSigned =
    (await git.run(['config', '--type=bool', '--get', 'commit.gpgSign'])).stdout.trim() === 'true';
  return [
    ...(hasAuthor ? [] : ['-c', `user.name=${MANAGED_BY}`, '-c', `user.email=${MANAGED_BY}@localhost`]),
    'commit-tree',
    ...(isSigned ? ['-S'] : []),
  ];
}

/** More lines than a file has. */
const ALL_LINES = 2 ** 30;

async function diff(git: Git, base: string | undefined, { tree }: Mirrored): Promise<string> {
  const before = base ?? (await git.output(['mktree'])).trim();
  const patch = (unchanged: number) =>
    git.output([
      'diff-tree',
      '-p',
      `--unified=${unchanged}`,
      '--no-ext-diff',
      '--no-textconv',
      '--color=never',
      before,
      tree,
    ]);
  return withoutSecrets(await patch(3), await patch(ALL_LINES));
}
