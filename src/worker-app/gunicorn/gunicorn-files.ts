import { packageFile } from '../../package/package-file.js';

/** What gunicorn reads first. */
export const ENTRY = 'gunicorn.conf.py';

/** A module that is imported at the top level of a file. */
const IMPORT = /^(?:from|import) (worker_metrics_\w+)/gm;

const known = new Map<string, Readonly<Record<string, string>>>();

/** Our gunicorn config, these modules of it, and all modules that they import: name → text, in a stable order. */
export function gunicornFiles(modules: readonly string[]): Readonly<Record<string, string>> {
  const key = modules.join();
  const files = known.get(key) ?? read([ENTRY, ...modules.map(fileOf)]);
  known.set(key, files);
  return files;
}

function read(entries: readonly string[]): Record<string, string> {
  const found = new Set(entries);
  // A set visits the files that are added meanwhile, too.
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
