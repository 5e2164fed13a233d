import { MOUNTED_FOLDER } from '../../servers/mounted-config.js';
import { packageFile } from '../../package/package-file.js';

/** The file that gunicorn reads first. */
const ENTRY = 'gunicorn.conf.py';

/** The argument that makes gunicorn read our config. */
export const CONFIG_ARGUMENT = `--config=${MOUNTED_FOLDER}/${ENTRY}`;

/** Matches an import at the top level of a Python file. */
const IMPORT = /^(?:from|import) (worker_metrics_\w+)/gm;

const known = new Map<string, Readonly<Record<string, string>>>();

/** Returns our gunicorn config, the given modules and all modules that they import, by file name, in a stable order. */
export function gunicornFiles(modules: readonly string[]): Readonly<Record<string, string>> {
  const key = modules.join();
  const files = known.get(key) ?? read([ENTRY, ...modules.map(fileOf)]);
  known.set(key, files);
  return files;
}

function read(entries: readonly string[]): Record<string, string> {
  const found = new Set(entries);
  // A loop over a set also visits the files that are added to it during the loop.
  for (const file of found)
    for (const [, module = ''] of textOf(file).matchAll(IMPORT)) found.add(fileOf(module));
  return Object.fromEntries([...found].toSorted().map((file) => [file, textOf(file)]));
}

function fileOf(module: string): string {
  return `${module}.py`;
}

function textOf(file: string): string {
  return packageFile(`src/worker-app/gunicorn/${file}`);
}
