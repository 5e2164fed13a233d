import { execFile, type ExecFileException } from 'node:child_process';
import { withoutCredentials } from './credentials.js';

/** How a run of git ended. */
interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  /** Without credentials. */
  readonly stderr: string;
}

/** git said no, or is not there. Its words are in the message, without credentials. */
export class GitError extends Error {}

/** Would make git work in another repository than ours: set where this program runs in a hook of git. */
const OF_ANOTHER_REPOSITORY: ReadonlySet<string> = new Set([
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_NAMESPACE',
  'GIT_PREFIX',
]);

const LARGEST_OUTPUT = 2 ** 30;

/** A fetch without history and a push of manifests end long before, unless the remote does not answer at all. */
const LONGEST_MINUTES = 10;

const SETTINGS = {
  'gc.auto': '0',
  // Nobody hands us open files, so that fd:: waits forever; ext:: runs any command.
  'protocol.fd.allow': 'never',
  'protocol.ext.allow': 'never',
  // Paths that any system would take for .git are refused on each.
  'core.protectHFS': 'true',
  'core.protectNTFS': 'true',
  'core.ignoreCase': 'false',
};

export interface GitOptions {
  readonly environment?: NodeJS.ProcessEnv;
  /** Ends git when it is aborted. */
  readonly ended?: AbortSignal;
}

/** git's own binary, in a bare repository of ours. No shell is in between, and all authentication is git's own. */
export class Git {
  private readonly environment: NodeJS.ProcessEnv;

  /**
   * @param folder of the bare repository
   * @param url of the remote `origin`; other programs see it in no list of processes
   */
  constructor(
    folder: string,
    private readonly url: string,
    private readonly options: GitOptions = {},
  ) {
    const { environment = process.env } = options;
    const kept = Object.entries(environment).filter(([name]) => !OF_ANOTHER_REPOSITORY.has(name));
    this.environment = {
      ...withSettings(Object.fromEntries(kept), { ...SETTINGS, 'remote.origin.url': url }),
    };
    Object.assign(this.environment, { GIT_DIR: folder, LC_ALL: 'C' });
  }

  /** What a command of git's prints. @throws GitError when it fails */
  async output(args: readonly string[], input = ''): Promise<string> {
    const { exitCode, stdout, stderr } = await this.run(args, input);
    if (exitCode !== 0)
      throw new GitError(stderr.trim() || `git ${args[0]} failed with exit code ${exitCode}`);
    return stdout;
  }

  /** @throws GitError when there is no git */
  run(args: readonly string[], input = ''): Promise<Ended> {
    return new Promise((resolve, reject) => {
      const options = {
        env: this.environment,
        maxBuffer: LARGEST_OUTPUT,
        encoding: 'utf8',
        timeout: LONGEST_MINUTES * 60_000,
        ...(this.options.ended && { signal: this.options.ended }),
      } as const;
      const child = execFile('git', args, options, (error, stdout, stderr) => {
        const failure = error === null ? undefined : cannotEnd(error, args[0]);
        if (failure !== undefined) {
          reject(new GitError(failure));
        } else {
          const exitCode = typeof error?.code === 'number' ? error.code : error === null ? 0 : 1;
          resolve({ exitCode, stdout, stderr: withoutCredentials(stderr, this.url) });
        }
      });
      child.stdin?.on('error', () => {}); // git ended before it read all; its exit code tells
      child.stdin?.end(input);
    });
  }
}

/** Why git did not come to an end of its own; undefined where it did. */
function cannotEnd({ code, killed }: ExecFileException, command: string | undefined): string | undefined {
  if (code === 'ABORT_ERR') return `git ${command} was ended by a signal`;
  if (typeof code === 'string') return `git cannot be run (${code}); install it`;
  if (killed)
    return `git ${command} did not end within ${LONGEST_MINUTES} minutes; see whether the remote answers`;
  return undefined;
}

/** Settings of git for this process alone, after those that the environment has already. */
function withSettings(
  environment: NodeJS.ProcessEnv,
  settings: Readonly<Record<string, string>>,
): NodeJS.ProcessEnv {
  const first = Number(environment['GIT_CONFIG_COUNT'] ?? 0);
  const entries = Object.entries(settings).flatMap(([key, value], i) => [
    [`GIT_CONFIG_KEY_${first + i}`, key],
    [`GIT_CONFIG_VALUE_${first + i}`, value],
  ]);
  const count = first + Object.keys(settings).length;
  return { ...environment, ...Object.fromEntries(entries), GIT_CONFIG_COUNT: String(count) };
}
