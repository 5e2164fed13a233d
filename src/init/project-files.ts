import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { packageFile, PACKAGE } from '../package/package-file.js';
import { SCHEMA_OF_PROJECT, schemaLine } from '../values/json-schema/schema-line.js';
import { dumpYaml } from '../yaml/dump-yaml.js';
import { valuesOf, type Answers } from './answers.js';
import type { PackageSource } from './package-source.js';

/** A file of a new project. */
export interface ProjectFile {
  /** Path in the project. */
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** The project to make. */
export interface Project {
  readonly folder: string;
  readonly answers: Answers;
  /** Whether code describes the application, in place of a values file. */
  readonly typescript: boolean;
}

/** The command that `npx cdk8s synth` runs. */
export function cdk8sApp({ typescript }: Project): string {
  return typescript ? 'npx tsx charts/main.ts' : 'npx worker-metrics synth';
}

/** The file that describes the application. */
export function applicationFile({ answers, typescript }: Project): string {
  return typescript ? 'charts/main.ts' : `values/${String(answers.name)}.yaml`;
}

export const WORKFLOW = '.github/workflows/manifests.yaml';

/** All files of a new project. */
export function projectFiles(project: Project, source: PackageSource | undefined): ProjectFile[] {
  const { answers, typescript } = project;
  const kind = typescript ? 'typescript' : 'values';
  const name = String(answers.name);
  const props = inspect(valuesOf(answers), { depth: null, breakLength: 80, compact: 1 });
  const files = {
    'package.json': json(packageJson(project, source)),
    'cdk8s.yaml': dumpYaml({ language: 'typescript', app: cdk8sApp(project) }),
    [applicationFile(project)]: typescript
      ? template('main.ts.template', { name, props })
      : valuesFile(answers),
    ...(typescript && { 'tsconfig.json': json(TSCONFIG) }),
    [WORKFLOW]: template(`${kind}-workflow.yaml`),
    '.gitignore': template('gitignore'),
    'README.md': template(`${kind}-readme.md`, { name }),
  };
  const tarball = source?.tarball;
  return [
    ...Object.entries(files).map(([path, content]) => ({ path, content })),
    ...(tarball ? [{ path: tarball.to, content: readFileSync(tarball.from) }] : []),
  ];
}

/** Packages of the project with their versions: those that this package is tested with. */
export function dependencies(
  { typescript }: Project,
  source: PackageSource | undefined,
): Readonly<Record<string, string>> {
  const { devDependencies } = JSON.parse(packageFile('package.json')) as {
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  const names = [
    'cdk8s',
    'cdk8s-cli',
    'cdk8s-plus-28',
    'constructs',
    ...(typescript ? ['tsx', 'typescript'] : []),
  ];
  const versions = names.map((name) => [name, devDependencies[name] ?? 'latest']);
  const own = source === undefined ? [] : [[PACKAGE, source.spec]];
  return Object.fromEntries([...versions, ...own].toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)));
}

function packageJson(project: Project, source: PackageSource | undefined): object {
  const name = `${String(project.answers.name)}-manifests`;
  return {
    name,
    private: true,
    ...(project.typescript && { type: 'module' }),
    scripts: project.typescript
      ? { synth: 'cdk8s synth --check-upgrade=false', test: 'tsc && worker-metrics trace' }
      : { synth: 'worker-metrics synth', test: 'worker-metrics diff && worker-metrics trace' },
    devDependencies: dependencies(project, source),
  };
}

/** The text of the values file. */
export function valuesFile(answers: Answers): string {
  return schemaLine(SCHEMA_OF_PROJECT) + dumpYaml(valuesOf(answers));
}

const TSCONFIG = {
  compilerOptions: { target: 'ES2022', module: 'NodeNext', strict: true, skipLibCheck: true, noEmit: true },
  include: ['charts'],
};

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** A file in `templates/`, with texts in place of `{{name}}` … */
function template(name: string, texts: Readonly<Record<string, string>> = {}): string {
  const text = packageFile(`src/init/templates/${name}`);
  return text.replaceAll(/\{\{(\w+)\}\}/g, (placeholder, key: string) => texts[key] ?? placeholder);
}
