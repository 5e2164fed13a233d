import { existsSync } from 'node:fs';
import path from 'node:path';
import { DELIVERY_FOLDER, isManifestPlace } from '../output/layout.js';
import { isForeign, readManifestFile } from '../output/manifest-file.js';
import { nearestName } from '../diagnostics/expected.js';
import { manifestFiles, manifestFolders } from '../output/manifest-folders.js';
import { type Diagnostic, errorAt } from '../diagnostics/diagnostic.js';
import { withoutCredentials } from '../publish/credentials.js';
import { GitError } from '../publish/git.js';
import { publish, type Published, type PublishOptions } from '../publish/publish.js';
import { loadOperatorModels } from '../alertmanager/operator-models.js';
import { diffFolder } from './diff-folder.js';
import { reasonsToKeep } from './kept-on-branch.js';
import { systemProblem } from '../output/system-problem.js';

export interface PublishFolderOptions extends Pick<PublishOptions, 'repo' | 'branch' | 'message' | 'dryRun'> {
  /** The folder of manifests. */
  readonly output: string;
  /** Values files, and folders of them: manifests that they describe stay on the branch. */
  readonly values: readonly string[];
  /** Whether to remove every manifest from the branch that the folder does not contain. @default false */
  readonly prune?: boolean | undefined;
  /** Publish only this environment, without its folder. @default - the whole folder */
  readonly environment?: string | undefined;
  /** Folder in the repository. @default - its root */
  readonly path?: string | undefined;
}

export interface PublishFolderResult extends Omit<Published, 'kept'> {
  /** Manifests that stay on the branch without being published, each with the reason. */
  readonly kept: readonly { readonly file: string; readonly reason: string | undefined }[];
  /** Manifests that synth would change. Only if there is nothing to publish: others may be made with `--set`. */
  readonly outdated: readonly string[];
}

/** Publishes an output folder, or the folder of one environment in it. */
export async function publishFolder(
  options: PublishFolderOptions,
): Promise<PublishFolderResult | { readonly problems: readonly Diagnostic[] }> {
  const { output, environment, repo } = options;
  const wrong = wrongPath(options.path ?? '') ?? wrongPath(environment ?? '', '--environment');
  if (wrong !== undefined) return { problems: [wrong] };
  const read = filesOf(output, environment);
  if ('problems' in read) return read;
  const { files } = read;
  const source = path.join(output, environment ?? '');
  // An empty folder is probably a mistake: refuse to remove everything.
  if (files.size === 0)
    return {
      problems: [
        errorAt(
          { file: source },
          'contains no manifests that this program wrote',
          nearestEnvironment(output, environment) ?? 'run synth first',
        ),
      ],
    };
  try {
    await loadOperatorModels();
    const reasonToKeep = reasonsToKeep({ ...options, files: new Set(files.keys()) });
    const published = await publish({
      ...options,
      repo: existsSync(repo) ? path.resolve(repo) : repo,
      folder: partsOf(options.path ?? '').join('/'),
      files,
      mirrors: environment === undefined ? isManifestPlace : isPlaceInEnvironment,
      keeps: options.prune ? undefined : (file) => reasonToKeep(file) !== undefined,
    });
    return {
      ...published,
      kept: published.kept.map((file) => ({ file, reason: reasonToKeep(file) })),
      outdated: published.changes.length === 0 ? await outdatedFiles(options) : [],
    };
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    return { problems: [errorAt({ object: withoutCredentials(repo, repo) }, error.message, error.hint)] };
  }
}

/** The hint about a mistyped environment. */
function nearestEnvironment(output: string, environment: string | undefined): string | undefined {
  if (environment === undefined || existsSync(path.join(output, environment))) return undefined;
  return nearestName(
    environment,
    manifestFolders(output).map(({ name }) => name),
  );
}

/**
 * The manifests that differ from their values; none if there are no valid values. Others may be of values that this run
 * does not read.
 */
async function outdatedFiles({ values, output, environment }: PublishFolderOptions): Promise<string[]> {
  const environments = environment === undefined ? undefined : [environment];
  const compared = await diffFolder({ values, output, environments });
  return 'problems' in compared
    ? []
    : compared.differences.flatMap(({ file, state }) => (state === 'different' ? [file] : []));
}

/** The files to publish: path in the repository's folder → file. */
function filesOf(
  output: string,
  environment: string | undefined,
): { files: ReadonlyMap<string, string> } | { problems: readonly Diagnostic[] } {
  const files = new Map<string, string>();
  const problems: Diagnostic[] = [];
  try {
    for (const file of manifestFiles(
      output,
      environment === undefined ? {} : { environments: [environment] },
    )) {
      const whole = path.resolve(output, file);
      const found = readManifestFile(whole);
      if (isForeign(found)) continue;
      // Skipping it would remove it from the branch.
      if (found.text === undefined)
        problems.push(
          errorAt({ file: path.join(output, file) }, found.obstacle ?? '', 'fix it, or move it away'),
        );
      files.set(environment === undefined ? file : file.slice(environment.length + 1), whole);
    }
  } catch (error) {
    problems.push(systemProblem(error, 'read', output));
  }
  return problems.length > 0 ? { problems } : { files };
}

function isPlaceInEnvironment(file: string): boolean {
  const [folder] = file.split('/').slice(0, -1);
  return isManifestPlace(file) && (folder === undefined || folder === DELIVERY_FOLDER);
}

function wrongPath(given: string, option = '--path'): Diagnostic | undefined {
  const parts = partsOf(given);
  const isWrong =
    path.isAbsolute(given) ||
    parts.some((part) => part === '..' || /^\.git$/i.test(part) || /[\0\\]/.test(part));
  return isWrong
    ? errorAt({ field: option }, `expected a folder such as apps/shop, got ${JSON.stringify(given)}`)
    : undefined;
}

function partsOf(given: string): string[] {
  return given.split('/').filter((part) => part !== '' && part !== '.');
}
