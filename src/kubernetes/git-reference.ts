import type { TextFormat } from './text-formats.js';

/** Repositories over SSH or HTTPS, without a password. */
export const GIT_REPOSITORY: TextFormat = {
  what: 'a repository such as ssh://git@git.example.com/team/config.git, git@git.example.com:team/config.git or https://git.example.com/team/config.git',
  pattern:
    /^(ssh:\/\/([-A-Za-z0-9_.]+@)?[-A-Za-z0-9_.]+(:[0-9]{1,5})?\/[^\s@]+|[-A-Za-z0-9_.]+@[-A-Za-z0-9_.]+:(?!\/\/)[^\s@]+|https:\/\/[-A-Za-z0-9_.]+(:[0-9]{1,5})?\/[^\s@]+)$/,
  maxLength: 2048,
};

/** Whether a repository is reached over SSH. */
export function isOverSsh(repository: string): boolean {
  return !repository.startsWith('https://');
}

/** Names of branches (git check-ref-format) or their full refs. Symbolic refs such as HEAD do not match. */
export const GIT_BRANCH: TextFormat = {
  what: 'the name of a branch such as main or refs/heads/main (no spaces, none of ~^:?*[\\, no "..", "//" or "@{", no "-", "/", "." or other "refs/" first, no "/", "." or ".lock" last, not HEAD)',
  pattern:
    // "\[": in Java's dialect, a bare "[" starts a class within the class.
    // eslint-disable-next-line no-control-regex, no-useless-escape
    /^(refs\/heads\/)?(?![-/.]|refs\/)(?!(@|HEAD)$)(?!.*(\.\.|\/\/|\/\.|@\{|\.lock(\/|$)))[^\u0000-\u0020~^:?*\[\\\u007f]*[^\u0000-\u0020~^:?*\[\\\u007f/.]$/,
  maxLength: 255,
};

/** A branch, or HEAD: the default branch of the repository. */
export const GIT_BRANCH_OR_HEAD: TextFormat = {
  ...GIT_BRANCH,
  what: `HEAD, or ${GIT_BRANCH.what.replace(', not HEAD', '')}`,
  pattern: new RegExp(`^HEAD$|${GIT_BRANCH.pattern.source}`),
};

/** The name of a branch without `refs/heads/`: `main`. */
export function branchName(branch: string): string {
  return branch.replace(/^refs\/heads\//, '');
}

/** Paths of files in a repository. */
export const REPOSITORY_PATH: TextFormat = {
  what: 'a path in the repository such as prometheus/prometheus.yml (no "/" first, no "..")',
  pattern: /^(?!\.\.?(\/|$))[-A-Za-z0-9_.]+(\/(?!\.\.?(\/|$))[-A-Za-z0-9_.]+)*$/,
  maxLength: 1024,
};
