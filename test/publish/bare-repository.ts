import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { temporaryFolder } from '../an-output-folder.js';

/** The mark by which a manifest is known to be ours. */
export const OURS = 'metadata:\n  labels:\n    app.kubernetes.io/managed-by: cdk8s-worker-metrics\n';

const templates = temporaryFolder();

/** An empty repository to copy: quicker than `git init` for each test. */
function emptyRepository(): string {
  const url = path.join(templates, 'empty.git');
  if (existsSync(url)) return url;
  execFileSync('git', ['init', '--quiet', '--bare', url]);
  execFileSync('git', ['--git-dir', url, 'config', 'gc.auto', '0']);
  return url;
}

/** A real bare repository, as a server has it, and a folder for manifests. */
export class BareRepository {
  private readonly root = mkdtempSync(path.join(tmpdir(), 'publish-test-'));
  readonly url = path.join(this.root, 'gitops.git');

  constructor() {
    cpSync(emptyRepository(), this.url, { recursive: true });
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  /** Our manifests on disk: path below the published folder → file. */
  files(texts: Readonly<Record<string, string>>): Map<string, string> {
    const folder = mkdtempSync(path.join(this.root, 'dist-'));
    return new Map(
      Object.entries(texts).map(([name, text]) => {
        const file = path.join(folder, name);
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(file, OURS + text);
        return [name, file];
      }),
    );
  }

  /** Commits files as somebody else does. */
  commit(branch: string, texts: Readonly<Record<string, string>>): void {
    const index = path.join(this.root, 'index');
    rmSync(index, { force: true });
    const env = { ...process.env, GIT_INDEX_FILE: index, ...IDENTITY };
    const git = (args: string[], input = '') =>
      execFileSync('git', ['--git-dir', this.url, ...args], { env, input, encoding: 'utf8' }).trim();
    const parent = this.heads().get(branch);
    if (parent !== undefined) git(['read-tree', parent]);
    for (const [file, text] of Object.entries(texts)) {
      const object = git(['hash-object', '-w', '--stdin'], text);
      git(['update-index', '--add', '--cacheinfo', `100644,${object},${file}`]);
    }
    const commit = git([
      'commit-tree',
      git(['write-tree']),
      ...(parent ? ['-p', parent] : []),
      '-m',
      'theirs',
    ]);
    git(['update-ref', `refs/heads/${branch}`, commit]);
  }

  /** A script that the repository runs when it is pushed to. */
  hook(name: string, script: string): void {
    const file = path.join(this.url, 'hooks', name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
  }

  /** Path → text, of all files of a branch. */
  contents(branch: string): Record<string, string> {
    const paths = this.git('ls-tree', '-rz', '--name-only', branch).split('\0').filter(Boolean);
    return Object.fromEntries(paths.map((file) => [file, `${this.git('show', `${branch}:${file}`)}\n`]));
  }

  heads(): Map<string, string> {
    const lines = this.git('for-each-ref', '--format=%(refname:lstrip=2) %(objectname)', 'refs/heads');
    return new Map(
      lines
        .split('\n')
        .filter(Boolean)
        .map((line) => line.split(' ') as [string, string]),
    );
  }

  /** Subjects of the commits of a branch, newest first. */
  log(branch: string): string[] {
    return this.git('log', '--format=%s', branch).split('\n');
  }

  /** Runs a shell script in the repository. */
  shell(script: string): string {
    return execFileSync('sh', ['-euc', script], { cwd: this.url, encoding: 'utf8' }).trim();
  }

  git(...args: string[]): string {
    return execFileSync('git', ['--git-dir', this.url, ...args], { encoding: 'utf8' }).trim();
  }
}

const IDENTITY = {
  GIT_AUTHOR_NAME: 'somebody',
  GIT_AUTHOR_EMAIL: 'somebody@example.com',
  GIT_COMMITTER_NAME: 'somebody',
  GIT_COMMITTER_EMAIL: 'somebody@example.com',
};
