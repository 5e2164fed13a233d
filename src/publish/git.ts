import { execFile, type ExecFileException } from 'node:child_process';
import { withoutCredentials } from './credentials.js';

/** Result of a run of git. */
interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  /** Without credentials. */
  readonly stderr: string;
}

/** git failed, or is not installed. The message contains git's own message, without credentials. */
export class GitError extends Error {
  override readonly name = 'GitError';

  /** @param hint the fix */
  constructor(
    message: string,
    readonly hint?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Variables that make git work in another repository: they are set if this program runs in a git hook. */
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

/** Timeout. A fetch without history and a push of manifests need much less, unless the remote does not answer. */
const LONGEST_MINUTES = 10;

const SETTINGS = {
  'gc.auto': '0',
  // fd:: would wait forever for a descriptor; ext:: runs any command.
  'protocol.fd.allow': 'never',
  'protocol.ext.allow': 'never',
  // Refuse, on every system, paths that any system reads as .git.
  'core.protectHFS': 'true',
  'core.protectNTFS': 'true',
  'core.ignoreCase': 'false',
};

export interface GitOptions {
  readonly environment?: NodeJS.ProcessEnv;
  /** Ends git when aborted. */
  readonly ended?: AbortSignal;
}

/** Runs the git binary in our temporary bare repository, without a shell. Authentication is left to git. */
export class Git {
  private readonly environment: NodeJS.ProcessEnv;

  /**
   * @param folder of the bare repository
   * @param url of the remote `origin`; it is not visible in the list of processes
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

  /** The output of a git command. @throws GitError if it fails */
  async output(args: readonly string[], input = ''): Promise<string> {
    const { exitCode, stdout, stderr } = await this.run(args, input);
    if (exitCode !== 0)
      throw new GitError(stderr.trim() || `git ${args[0]} failed with exit code ${exitCode}`);
    return stdout;
  }

  /** Runs a git command, whatever its exit code. @throws GitError if git cannot run */
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
          reject(failure);
        } else {
          const exitCode = typeof error?.code === 'number' ? error.code : error === null ? 0 : 1;
          resolve({ exitCode, stdout, stderr: withoutCredentials(stderr, this.url) });
        }
      });
      child.stdin?.on('error', () => {}); // git ended before it read all input; its exit code is reported
      child.stdin?.end(input);
    });
  }
}

/** The error if git did not exit by itself. */
function cannotEnd({ code, killed }: ExecFileException, command: string | undefined): GitError | undefined {
  if (code === 'ABORT_ERR') return new GitError(`git ${command} was ended by a signal`);
  if (typeof code === 'string') return new GitError(`git cannot be run (${code})`, 'install it');
  if (!killed) return undefined;
  const message = `git ${command} did not end within ${LONGEST_MINUTES} minutes`;
  return new GitError(message, 'check whether the remote answers');
}

/** Adds git settings, for this process only, after those in the environment. */
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
