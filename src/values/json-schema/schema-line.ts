import { existsSync } from 'node:fs';
import path from 'node:path';

const SCHEMA = 'schema/values.schema.json';
const INSTALLED = `node_modules/cdk8s-worker-metrics/${SCHEMA}`;

/** The schema, from a values file in the folder `values` of a project that installs this package. */
export const SCHEMA_OF_PROJECT = `../${INSTALLED}`;

/** The first line of a values file. It tells editors with a YAML language server where the schema is. */
export function schemaLine(schema: string): string {
  return `# yaml-language-server: $schema=${schema}\n`;
}

/** The schema for a values file: in the nearest folder above it that is a clone of this repository, or a project. */
export function nearestSchema(file: string): string {
  const inside = path.dirname(path.resolve(file));
  for (let folder = inside; ; folder = path.dirname(folder)) {
    const found = [SCHEMA, INSTALLED].map((name) => path.join(folder, name)).find((name) => existsSync(name));
    if (found !== undefined) return path.relative(inside, found);
    if (folder === path.dirname(folder)) return SCHEMA_OF_PROJECT;
  }
}
