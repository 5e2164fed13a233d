import path from 'node:path';
import { load } from 'js-yaml';
import { readTextFile } from '../files/read-file.js';
import { isMap } from '../kubernetes/manifest.js';
import { NPM, packageManagerOf } from './package-manager.js';
import { cdk8sApp, WORKFLOW, type Project } from './project-files.js';
import { isThere } from './write-new-files.js';

/** A change that the user must make. */
export interface ByHand {
  readonly file: string;
  readonly change: string;
}

/** The changes that a project needs, because some of its files existed or because of the folder around it. */
export function changesByHand(project: Project, kept: readonly string[]): ByHand[] {
  const { folder } = project;
  const changes: Record<string, string | undefined> = {
    'cdk8s.yaml':
      kept.includes('cdk8s.yaml') && appIn(folder) !== cdk8sApp(project)
        ? `set "app: ${cdk8sApp(project)}", so that npx cdk8s synth writes these manifests`
        : undefined,
    '.gitignore':
      kept.includes('.gitignore') && !/^\/?node_modules\/?$/m.test(textOf(folder, '.gitignore'))
        ? 'add the line "node_modules"'
        : undefined,
    [WORKFLOW]: kept.includes(WORKFLOW) ? undefined : workflowChange(folder),
  };
  return Object.entries(changes).flatMap(([file, change]) =>
    change === undefined ? [] : [{ file: path.join(folder, file), change }],
  );
}

function workflowChange(folder: string): string | undefined {
  const { lockfile, ci } = packageManagerOf(folder);
  const repository = repositoryAbove(folder);
  const inside = repository && path.relative(repository, path.resolve(folder));
  const changes = [
    ...(ci === NPM.ci ? [] : [`replace "${NPM.ci}" by "${ci}", because there is a ${lockfile}`]),
    ...(inside === undefined
      ? []
      : [
          `move it to ${path.relative('.', path.join(repository ?? '', WORKFLOW))}, where GitHub looks for it`,
          `add "defaults: { run: { working-directory: ${inside} } }" to its job`,
          `add "cache-dependency-path: ${inside}/${lockfile}" to its setup-node`,
        ]),
  ];
  return changes.length > 0 ? changes.join('; ') : undefined;
}

/** The packages in the package.json of a folder, with their versions. */
export function packagesIn(folder: string): Readonly<Record<string, unknown>> {
  try {
    const manifest: unknown = JSON.parse(textOf(folder, 'package.json'));
    if (!isMap(manifest)) return {};
    const { dependencies, devDependencies } = manifest;
    return { ...(isMap(dependencies) && dependencies), ...(isMap(devDependencies) && devDependencies) };
  } catch {
    return {}; // not JSON: the package manager reports that
  }
}

function appIn(folder: string): unknown {
  try {
    const config = load(textOf(folder, 'cdk8s.yaml'));
    return isMap(config) ? config['app'] : undefined;
  } catch {
    return undefined;
  }
}

/** The text of a file; empty if it cannot be read. */
function textOf(folder: string, file: string): string {
  try {
    return readTextFile(path.join(folder, file));
  } catch {
    return '';
  }
}

/** The git repository around a folder that is not its root. */
function repositoryAbove(folder: string): string | undefined {
  let root = path.resolve(folder);
  while (!isThere(path.join(root, '.git')) && root !== path.dirname(root)) root = path.dirname(root);
  return root !== path.resolve(folder) && isThere(path.join(root, '.git')) ? root : undefined;
}
