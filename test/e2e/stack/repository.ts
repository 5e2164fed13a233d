import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from '../cluster/program.js';

/** A git repository with the configuration of a Prometheus, which git reaches under a URL of the outside world. */
export class Repository {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'repository-'));

  constructor(
    readonly url: string,
    private readonly branch: string,
  ) {
    this.git('init', '--quiet', `--initial-branch=${branch}`);
  }

  /** Lets git find the repository here under its URL. */
  get env(): NodeJS.ProcessEnv {
    return {
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: `url.${this.folder}/.git.insteadOf`,
      GIT_CONFIG_VALUE_0: this.url,
    };
  }

  /** Commits files: path → text, null removes. @returns the commit */
  commit(
    files: Readonly<Record<string, string | null>>,
    links: Readonly<Record<string, string>> = {},
  ): string {
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(this.folder, name);
      mkdirSync(path.dirname(file), { recursive: true });
      if (text === null) rmSync(file);
      else writeFileSync(file, text);
    }
    for (const [name, target] of Object.entries(links)) symlinkSync(target, path.join(this.folder, name));
    this.git('add', '--all');
    this.git('-c', 'user.name=e2e', '-c', 'user.email=e2e@example.com', 'commit', '--quiet', '--message=e2e');
    return this.git('rev-parse', `refs/heads/${this.branch}`).trim();
  }

  /** Paths of the files of a commit. */
  filesOf(commit: string): string[] {
    return this.git('ls-tree', '-r', '--name-only', commit).split('\n').filter(Boolean).toSorted();
  }

  /** Checks a commit out beside, as git-sync does. @returns the folder */
  worktree(commit: string): string {
    const folder = path.join(this.folder, '.git', 'e2e', commit);
    if (!existsSync(folder)) this.git('worktree', 'add', '--quiet', '--detach', folder, commit);
    return folder;
  }

  /** Makes a branch and a tag of this commit that have the branch's name too, the one in a folder. */
  mislead(commit: string): void {
    this.git('branch', `other/${this.branch}`, commit);
    this.git('tag', this.branch, commit);
  }

  disappear(): void {
    renameSync(this.folder, `${this.folder}.gone`);
  }

  reappear(): void {
    renameSync(`${this.folder}.gone`, this.folder);
  }

  end(): void {
    rmSync(this.folder, { recursive: true, force: true });
    rmSync(`${this.folder}.gone`, { recursive: true, force: true });
  }

  private git(...args: string[]): string {
    return run('git', ['-C', this.folder, ...args]);
  }
}
