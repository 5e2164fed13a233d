import type { TextRule } from './text-rules.js';

/** Repositories over SSH or HTTPS, without a password. */
export const GIT_REPOSITORY: TextRule = {
  what: 'a repository such as ssh://git@git.example.com/team/config.git, git@git.example.com:team/config.git or https://git.example.com/team/config.git',
  pattern:
    /^(ssh:\/\/([-\w.]+@)?[-\w.]+(:[0-9]{1,5})?\/[^\s@]+|[-\w.]+@[-\w.]+:(?!\/\/)[^\s@]+|https:\/\/[-\w.]+(:[0-9]{1,5})?\/[^\s@]+)$/,
  maxLength: 2048,
};

/** Whether a repository is reached over SSH. */
export function isOverSsh(repository: string): boolean {
  return !repository.startsWith('https://');
}

/** Names of branches (git check-ref-format), and none of what only leads to one. */
export const GIT_BRANCH: TextRule = {
  what: 'the name of a branch (no spaces, none of ~^:?*[\\, no "..", "//" or "@{", no "-", "/", "." or "refs/" first, no "/", "." or ".lock" last, not HEAD)',
  pattern:
    /^(?![-/.]|refs\/)(?!(@|HEAD)$)(?!.*(\.\.|\/\/|\/\.|@\{|\.lock(\/|$)))[^\0-\u0020~^:?*[\\\u007f]*[^\0-\u0020~^:?*[\\\u007f/.]$/,
  maxLength: 255,
};

/** Paths of files in a repository. */
export const REPOSITORY_PATH: TextRule = {
  what: 'a path in the repository such as prometheus/prometheus.yml (no "/" first, no "..")',
  pattern: /^(?!\.\.?(\/|$))[-\w.]+(\/(?!\.\.?(\/|$))[-\w.]+)*$/,
  maxLength: 1024,
};
