import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The name of this package. */
export const PACKAGE = 'cdk8s-worker-metrics';

const texts = new Map<string, string>();
let root: string | undefined;

/**
 * The text of a file that this package ships beside its code, such as Python to mount into a pod.
 *
 * @param name path in the package: `src/worker-app/gunicorn/gunicorn.conf.py`
 */
export function packageFile(name: string): string {
  const text = texts.get(name) ?? readFileSync(path.join(packageRoot(), name), 'utf8');
  texts.set(name, text);
  return text;
}

/** The package's folder. Code runs from src/ in a clone and from lib/ in an installed package. */
export function packageRoot(): string {
  return (root ??= rootAbove(path.dirname(fileURLToPath(import.meta.url))));
}

function rootAbove(folder: string): string {
  const manifest = path.join(folder, 'package.json');
  if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name === PACKAGE) return folder;
  const parent = path.dirname(folder);
  if (parent === folder)
    throw new Error(`the files of ${PACKAGE} are not beside its code; do not bundle it into one file`);
  return rootAbove(parent);
}
