import { existsSync } from 'node:fs';
import path from 'node:path';

/** Most folders above in which to look. */
const MOST_LEVELS = 5;

/** The nearest folder above that has a project with values: `../..`. @param values name of their folder */
export function projectAbove(values: string): string | undefined {
  const folders = Array.from({ length: MOST_LEVELS }, (_, i) =>
    path.join(...Array<string>(i + 1).fill('..')),
  );
  return folders.find((folder) =>
    ['cdk8s.yaml', values].every((name) => existsSync(path.join(folder, name))),
  );
}
