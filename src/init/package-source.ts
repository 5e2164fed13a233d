import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { type Diagnostic, errorAt } from '../diagnostics/diagnostic.js';
import { packageRoot, PACKAGE } from '../package/package-file.js';

/** Where a project gets this package from. */
export interface PackageSource {
  /** The version in package.json: a range, a URL, or `file:` and a path. */
  readonly spec: string;
  /** The tarball to copy into the project, so that the project installs on every machine. */
  readonly tarball?: { readonly from: string; readonly to: string };
  readonly warning?: Diagnostic;
}

interface Found {
  readonly source?: PackageSource;
  readonly problem?: Diagnostic;
}

/** Folder of the project with the tarball of this package. */
const VENDOR = 'vendor';

const OPTION = { field: '--package' };
const ADVICE =
  'give a version, a git URL, or the file that npm pack made: --package ./cdk8s-worker-metrics-0.1.0.tgz';

/**
 * Finds out from where a project installs this package.
 *
 * @param given the option; by default, the source from which npm or npx installed the running command
 * @param project folder of the project
 */
export function packageSource(given: string | undefined, project: string): Found {
  if (given !== undefined) return sourceFrom(given, process.cwd(), project);
  const root = packageRoot();
  const modules = path.dirname(root);
  if (path.basename(modules) !== 'node_modules')
    return unknown('this command runs in a folder that projects cannot install');
  const installer = path.dirname(modules);
  const spec = dependencyIn(path.join(installer, 'package.json'));
  return spec === undefined
    ? unknown('this command does not know from where it was installed')
    : sourceFrom(spec, installer, project);
}

/** The version of this package in a package.json; undefined without one. */
function dependencyIn(file: string): string | undefined {
  try {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(file, 'utf8')) as Record<
      string,
      Record<string, string> | undefined
    >;
    return dependencies?.[PACKAGE] ?? devDependencies?.[PACKAGE];
  } catch {
    return undefined;
  }
}

/** @param from the folder that a path in the spec is relative to */
function sourceFrom(given: string, from: string, project: string): Found {
  const spec = given.startsWith(`${PACKAGE}@`) ? given.slice(PACKAGE.length + 1) : given;
  if (spec === '') return { problem: errorAt(OPTION, 'empty', ADVICE) };
  const file = pathIn(spec);
  if (file === undefined) return { source: { spec } };
  const absolute = path.resolve(from, file);
  const stat = statSync(absolute, { throwIfNoEntry: false });
  if (stat === undefined) return { problem: errorAt(OPTION, `${absolute} does not exist`, ADVICE) };
  if (stat.isDirectory()) return { source: folderSource(absolute, project) };
  const to = path.posix.join(VENDOR, path.basename(absolute));
  return { source: { spec: `file:${to}`, tarball: { from: absolute, to } } };
}

function folderSource(folder: string, project: string): PackageSource {
  const spec = `file:${path.relative(path.resolve(project), folder)}`;
  const message = `${folder} is a folder of this machine: other machines and CI cannot install it`;
  return { spec, warning: { severity: 'warning', ...OPTION, message, hint: ADVICE } };
}

/** The path that a spec names, as npm reads specs; undefined for a version, a tag or a URL. */
function pathIn(spec: string): string | undefined {
  if (spec.startsWith('file:')) return spec.slice('file:'.length);
  if (/^(\.{0,2}\/|\.{1,2}$)/.test(spec)) return spec;
  return /\.(tgz|tar\.gz|tar)$/i.test(spec) && !spec.includes('://') ? spec : undefined;
}

function unknown(reason: string): Found {
  return { problem: errorAt(OPTION, `missing; ${reason}`, ADVICE) };
}
