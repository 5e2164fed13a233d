import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { convert, type ImportFacts } from './convert.js';
import { HelmValues, type HelmPath } from './helm-values.js';
import { importWarnings } from './import-warnings.js';
import { expectWritable, makeFolder } from '../files/make-folder.js';
import { expected } from '../diagnostics/expected.js';
import { type Diagnostic, errorAt, placed } from '../diagnostics/diagnostic.js';
import { formatPath } from '../diagnostics/field-path.js';
import { isSystemError, systemReason } from '../diagnostics/system-error.js';
import { KINDS } from '../values/kinds.js';
import { isMap } from '../kubernetes/manifest.js';
import { readSources } from '../values/sources.js';
import { parseAsHelm } from '../yaml/kubectl-documents.js';
import type { YamlDocument } from '../yaml/yaml-document.js';
import { mayBeSecret } from '../diagnostics/secrets.js';
import { dumpYaml } from '../yaml/dump-yaml.js';

export interface ImportOptions extends Omit<ImportFacts, 'chart'> {
  /** The Helm values file. A Chart.yaml in the same folder is read too. */
  readonly file: string;
}

/** A Helm value that WorkerApp has no field for. */
export interface NotCarried {
  readonly line: number;
  /** `ingress.hosts` */
  readonly field: string;
  /** Missing if it may be a secret. */
  readonly value?: unknown;
  /** The environment variable that it sets, if any. */
  readonly variable?: string;
}

export interface Imported {
  readonly name: string;
  /** Text of the WorkerApp values file, without the line for editors. */
  readonly text: string;
  readonly notCarried: readonly NotCarried[];
  /** Warnings about values that are carried over. */
  readonly warnings: readonly Diagnostic[];
  /** Fields that are empty or in a disabled part. */
  readonly unused: readonly string[];
}

type Result<T> = T | { readonly problems: readonly Diagnostic[] };

/** Converts the values of an old-style Helm chart to a WorkerApp values file. */
export function importHelm({ file, ...facts }: ImportOptions): Result<Imported> {
  const document = mapIn(file);
  if ('problems' in document) return document;
  const chart = chartBeside(file);
  if (chart !== undefined && 'problems' in chart) return chart;
  const helm = new HelmValues(document.value as Readonly<Record<string, unknown>>, document.merged);
  const converted = convert(helm, { ...facts, chart });
  const { values, origins } = converted;

  const problems = (KINDS.WorkerApp.check(values).problems ?? []).map((problem): Diagnostic => {
    const origin = originOf(origins, problem.path);
    if (origin === undefined) {
      const advice = problem.message.startsWith('missing') ? ADVICE[String(problem.path[0])] : undefined;
      return placed({ ...problem, ...(advice !== undefined && { hint: advice }) }, { file });
    }
    return placed({ ...problem, path: origin }, { file, ...document.positionOf(origin) });
  });
  if (problems.length > 0) return { problems };

  const { used, unused } = helm.left();
  const notCarried = used.map((field) => ({
    line: document.positionOf(field).line,
    field: formatPath(field),
    ...(!mayBeSecret(field) && { value: helm.peek(field) }),
    ...(isVariable(helm, field) && { variable: String(field.at(-1)) }),
  }));
  const text = dumpYaml(values);
  const warnings = importWarnings(helm, { ...facts, chart }, converted, document.plainAt).map(
    ({ path, ...problem }): Diagnostic => ({
      severity: 'warning',
      file,
      ...(path && { ...document.positionOf(path), field: formatPath(path) }),
      ...problem,
    }),
  );
  return {
    name: String(values['name']),
    text,
    notCarried,
    warnings: [
      ...document.repeatedKeys.map((repeated): Diagnostic => ({ ...repeated, severity: 'warning' })),
      ...warnings,
    ],
    unused: unused.map(formatPath),
  };
}

/** Advice for a required field that the Helm values do not contain. */
const ADVICE: Readonly<Record<string, string>> = {
  name: 'set --name',
  workers: 'set env.config.WEB_CONCURRENCY in the Helm values, or --workers',
};

/** Whether a value is an environment variable's: a scalar in a map in `env`. */
function isVariable(helm: HelmValues, [first, ...rest]: HelmPath): boolean {
  return first === 'env' && rest.length > 0 && typeof helm.peek([first, ...rest]) !== 'object';
}

/** Writes a values file; refuses to replace an existing file. @param dryRun whether to write nothing */
export function writeNew(file: string, text: string, dryRun = false): Diagnostic | undefined {
  const exists = errorAt({ file }, 'already exists', 'remove it, or name another file with --output');
  try {
    if (dryRun) {
      expectWritable(path.dirname(file));
      return existsSync(file) ? exists : undefined;
    }
    makeFolder(path.dirname(file));
    writeFileSync(file, text, { flag: 'wx' });
    return undefined;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return error.code === 'EEXIST' ? exists : errorAt({ file }, `cannot be written: ${systemReason(error)}`);
  }
}

/** Reads a YAML file with one document, a map. */
function mapIn(file: string): Result<YamlDocument> {
  const { sources, problems } = readSources([file], {
    given: '<values.yaml>',
    wanted: 'a Helm values file',
    advice: () => 'name a Helm values file',
  });
  const [source, second] = sources;
  if (source === undefined || second !== undefined)
    return {
      problems: problems.length > 0 ? problems : [errorAt({ file }, 'a folder', 'name a Helm values file')],
    };
  const { documents, problems: unreadable } = parseAsHelm(source.file, source.text);
  if (unreadable.length > 0) return { problems: unreadable };
  const [document] = documents;
  return document !== undefined && isMap(document.value)
    ? document
    : {
        problems: [errorAt({ file }, expected('one map, as in the values.yaml of a chart', document?.value))],
      };
}

function chartBeside(file: string): Result<NonNullable<ImportFacts['chart']>> | undefined {
  const beside = path.join(path.dirname(file), 'Chart.yaml');
  const { sources, problems } = readSources(existsSync(beside) ? [beside] : []);
  if (problems.length > 0) return { problems };
  const chart = parseAsHelm(beside, sources[0]?.text ?? '').documents[0]?.value;
  if (!isMap(chart)) return undefined;
  const { name, appVersion } = chart;
  return {
    ...(typeof name === 'string' && { name }),
    ...(appVersion !== undefined && { appVersion: String(appVersion) }),
  };
}

/** The Helm value that a WorkerApp field, or a map around it, was made from. */
function originOf(
  origins: ReadonlyMap<string, HelmPath>,
  field: readonly (string | number)[],
): HelmPath | undefined {
  for (let length = field.length; length > 0; length--) {
    const origin = origins.get(formatPath(field.slice(0, length)));
    if (origin !== undefined) return [...origin, ...field.slice(length)];
  }
  return undefined;
}
