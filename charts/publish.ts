import { existsSync } from 'node:fs';
import path from 'node:path';
import { DELIVERY_FOLDER, isManifestPlace } from '../src/output/layout.js';
import { ownFiles } from '../src/output/manifest-folders.js';
import type { Problem } from '../src/problems/problem.js';
import { withoutCredentials } from '../src/publish/credentials.js';
import { GitError } from '../src/publish/git.js';
import { publish, type Published, type PublishOptions } from '../src/publish/publish.js';
import { systemProblem } from './system-problem.js';

export interface PublishFolderOptions extends Pick<
  PublishOptions,
  'repo' | 'branch' | 'message' | 'dryRun' | 'colours'
> {
  /** The folder of manifests. */
  readonly output: string;
  /** Only what this environment has, without its folder. @default - the whole folder */
  readonly environment?: string | undefined;
  /** Folder in the repository. @default - its root */
  readonly path?: string | undefined;
}

export type PublishResult = Published | { readonly problems: readonly Problem[] };

/** Publishes an output folder, or the folder of one environment in it. */
export async function publishFolder(options: PublishFolderOptions): Promise<PublishResult> {
  const { output, environment, repo } = options;
  const wrong = wrongPath(options.path ?? '') ?? wrongPath(environment ?? '', '--environment');
  if (wrong !== undefined) return { problems: [wrong] };
  let files: ReadonlyMap<string, string>;
  try {
    files = filesOf(output, environment);
  } catch (error) {
    return { problems: [systemProblem(error, 'read', output)] };
  }
  const source = path.join(output, environment ?? '');
  // An empty folder is more often a mistake than a wish to remove everything.
  if (files.size === 0)
    return {
      problems: [{ file: source, message: 'holds no manifests of ours to publish; run synth first' }],
    };
  try {
    return await publish({
      ...options,
      repo: existsSync(repo) ? path.resolve(repo) : repo,
      folder: partsOf(options.path ?? '').join('/'),
      files,
      mirrors: environment === undefined ? isManifestPlace : isPlaceInEnvironment,
    });
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    return { problems: [{ file: withoutCredentials(repo, repo), message: error.message }] };
  }
}

/** What to publish: path in the repository's folder → file. */
function filesOf(output: string, environment: string | undefined): Map<string, string> {
  const files = ownFiles(output, environment === undefined ? {} : { environments: [environment] });
  return new Map(
    files.map((file) => [
      environment === undefined ? file : file.slice(environment.length + 1),
      path.resolve(output, file),
    ]),
  );
}

function isPlaceInEnvironment(file: string): boolean {
  const [folder] = file.split('/').slice(0, -1);
  return isManifestPlace(file) && (folder === undefined || folder === DELIVERY_FOLDER);
}

function wrongPath(given: string, option = '--path'): Problem | undefined {
  const parts = partsOf(given);
  const isWrong =
    path.isAbsolute(given) ||
    parts.some((part) => part === '..' || /^\.git$/i.test(part) || /[\0\\]/.test(part));
  return isWrong
    ? { file: option, message: `expected a folder such as apps/shop, got ${JSON.stringify(given)}` }
    : undefined;
}

function partsOf(given: string): string[] {
  return given.split('/').filter((part) => part !== '' && part !== '.');
}
