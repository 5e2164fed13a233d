import { branchName, GIT_BRANCH } from '../kubernetes/git-reference.js';
import { matches } from '../kubernetes/text-formats.js';
import { GitError, type Git } from './git.js';

/** Result of a push. */
export type Pushed =
  | { readonly state: 'accepted' }
  /** Another push was first: fetch, and try again. */
  | { readonly state: 'behind' }
  /** The connection broke: the push may have arrived. */
  | { readonly state: 'unknown'; readonly reason: string }
  /** The remote refused it: a hook, a protected branch. */
  | { readonly state: 'refused'; readonly reason: string };

/** Messages of a remote if two pushes want the lock of the branch at the same time. */
const LOST_THE_RACE =
  /cannot lock ref|failed to (lock|update ref)|incorrect old value|reference already exists|fetch first|non-fast-forward|stale info/;

/** A branch of the remote. Pushes are never forced: no commit can be overwritten. */
export class RemoteBranch {
  /** @param given its name, or its ref in full: `main`, `refs/heads/main` */
  constructor(
    private readonly git: Git,
    private readonly given: string,
  ) {}

  /** Fetches its last commit, without history; undefined if the branch does not exist yet. */
  async head(): Promise<string | undefined> {
    const listed = await this.git.output(['ls-remote', '--heads', 'origin', this.ref]);
    if (!listed.split('\n').some((line) => line.split('\t')[1] === this.ref)) return undefined;
    const tracking = `+${this.ref}:refs/remotes/origin/head`;
    await this.git.output(['fetch', '--quiet', '--depth', '1', '--no-tags', 'origin', tracking]);
    return (await this.git.output(['rev-parse', 'refs/remotes/origin/head'])).trim();
  }

  /** Moves the branch to a commit on top of its last one, or creates it. */
  async push(commit: string): Promise<Pushed> {
    const { exitCode, stdout, stderr } = await this.git.run([
      'push',
      '--porcelain',
      'origin',
      `${commit}:${this.ref}`,
    ]);
    if (exitCode === 0) return { state: 'accepted' };
    const [, , summary] =
      stdout
        .split('\n')
        .find((line) => line.startsWith('!'))
        ?.split('\t') ?? [];
    if (summary === undefined) return { state: 'unknown', reason: stderr.trim() };
    if (summary.startsWith('[rejected]') || LOST_THE_RACE.test(summary)) return { state: 'behind' };
    return { state: 'refused', reason: [summary, wordsOfRemote(stderr)].filter(Boolean).join('\n') };
  }

  /** @throws GitError if it is not a valid name of a branch */
  checkName(): void {
    if (!matches(GIT_BRANCH, this.given)) {
      throw new GitError(`${JSON.stringify(this.given)} is not a valid branch name`, 'give one such as main');
    }
  }

  private get ref(): string {
    return `refs/heads/${branchName(this.given)}`;
  }
}

/** Messages of the remote's hooks. */
function wordsOfRemote(stderr: string): string {
  return stderr
    .split('\n')
    .filter((line) => line.startsWith('remote:'))
    .map((line) => line.trim())
    .join('\n');
}
