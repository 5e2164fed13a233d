import path from 'node:path';
import { type Diagnostic, errorAt, formatDiagnostic } from '../diagnostics/diagnostic.js';
import { shellWord } from '../diagnostics/shell-word.js';
import { systemProblem } from '../output/system-problem.js';
import { PACKAGE } from '../package/package-file.js';
import { parseValues } from '../values/parse-values.js';
import { loadSchemas } from '../values/read-values.js';
import { readSources, VALUES_PATHS } from '../values/files/sources.js';
import { answerProblems } from './answers.js';
import { changesByHand, packagesIn, type ByHand } from './by-hand.js';
import { packageManagerOf } from './package-manager.js';
import { packageSource, type PackageSource } from './package-source.js';
import { applicationFile, dependencies, projectFiles, valuesFile, type Project } from './project-files.js';
import { isThere, obstacle, writeNewFiles } from './write-new-files.js';

export interface InitOptions extends Project {
  /** Where the project installs this package from. @default - from where this command was installed */
  readonly package?: string | undefined;
}

/** A new project. */
export interface Initialized {
  /** Paths in the project. */
  readonly written: readonly string[];
  /** Files that existed: paths in the project. */
  readonly kept: readonly string[];
  readonly byHand: readonly ByHand[];
  readonly warnings: readonly Diagnostic[];
  /** The next commands to run. */
  readonly next: readonly string[];
}

type Result = Initialized | { readonly problems: readonly Diagnostic[] };

/** Makes a project. Existing files stay as they are; with a problem, nothing is written. */
export async function initProject({ package: given, ...project }: InitOptions): Promise<Result> {
  const { folder } = project;
  const isInstalled = PACKAGE in packagesIn(folder);
  const { source, problem } = isInstalled ? {} : packageSource(given, folder);
  const problems = [...(await applicationProblems(project)), ...(problem ? [problem] : [])];
  if (problems.length > 0) return { problems };
  try {
    return writeProject(project, source);
  } catch (error) {
    return { problems: [systemProblem(error, 'written', folder)] };
  }
}

/** Whether the file that describes the application exists. */
export function isDescribed(project: Project): boolean {
  return isThere(path.join(project.folder, applicationFile(project)));
}

/** Problems of the answers, and those that their values file causes beside the values files that exist. */
async function applicationProblems(project: Project): Promise<readonly Diagnostic[]> {
  if (isDescribed(project)) return [];
  const problems = answerProblems(project.answers);
  const values = path.join(project.folder, 'values');
  if (problems.length > 0 || project.typescript || obstacle(values) || !isThere(values)) return problems;
  const { sources } = readSources([values], VALUES_PATHS);
  await loadSchemas(sources);
  const earlier = new Set(parseValues(sources).problems.map(formatDiagnostic));
  const added = {
    file: path.join(project.folder, applicationFile(project)),
    text: valuesFile(project.answers),
  };
  return parseValues([...sources, added]).problems.filter((one) => !earlier.has(formatDiagnostic(one)));
}

/** Folder of the manifests. */
const OUTPUT = 'dist';

function writeProject(project: Project, source: PackageSource | undefined): Result {
  const { folder } = project;
  const files = projectFiles(project, source);
  const kept = files.map((file) => file.path).filter((file) => isThere(path.join(folder, file)));
  const added = files.filter((file) => !kept.includes(file.path));
  const folders = [...added.map((file) => path.dirname(file.path)), OUTPUT];
  const inTheWay = new Set(folders.flatMap((inner) => obstacle(path.join(folder, inner)) ?? []));
  if (inTheWay.size > 0)
    return { problems: Array.from(inTheWay, (file) => errorAt({ file }, 'not a folder', 'move it away')) };
  const result = {
    written: added.map((file) => file.path),
    kept,
    byHand: changesByHand(project, kept),
    warnings: source?.warning ? [source.warning] : [],
    next: nextCommands(project, source, kept),
  };
  writeNewFiles(folder, added, folders);
  return result;
}

function nextCommands(
  project: Project,
  source: PackageSource | undefined,
  kept: readonly string[],
): string[] {
  const { folder } = project;
  const { install, add } = packageManagerOf(folder);
  const missing = kept.includes('package.json') ? missingPackages(project, source) : [];
  return [
    [
      ...(path.resolve(folder) === process.cwd() ? [] : [`cd ${shellWord(folder)}`]),
      missing.length > 0 ? [add, ...missing.map(shellWord)].join(' ') : install,
    ].join(' && '),
    'npx cdk8s synth',
  ];
}

/** The packages that an existing package.json lacks, as arguments of a package manager. */
function missingPackages(project: Project, source: PackageSource | undefined): string[] {
  const present = packagesIn(project.folder);
  return Object.entries(dependencies(project, source))
    .filter(([name]) => !(name in present))
    .map(([name, spec]) => (/[:/]/.test(spec) ? spec.replace(/^file:/, './') : `${name}@${spec}`));
}
