import { type Diagnostic, errorAt, formatDiagnostic } from '../diagnostics/diagnostic.js';
import { formatPath } from '../diagnostics/field-path.js';
import { PUT_IN_QUOTES } from '../diagnostics/expected.js';
import { systemProblem } from '../output/system-problem.js';
import { descriptorOf } from '../files/read-file.js';
import { rewriteFile } from '../files/replace-file.js';
import { editValues, type EditedValues } from '../values/set/edit-values.js';
import type { ValueEdit } from '../values/set/set-in-file.js';
import { parseValues } from '../values/parse-values.js';
import { withDefaults } from '../values/document/folder-defaults.js';
import { loadSchemas, readSelected } from '../values/read-values.js';
import { aroundSetValue, parseSetValues } from '../values/set-values.js';
import { STDIN, type Source } from '../values/files/sources.js';
import { chartsFor } from '../../charts/kinds.js';
import { synthesize } from '../../charts/synthesize.js';

interface SetOptions {
  /** Values files, and folders of them. */
  readonly values: readonly string[];
  /** Folder of manifests; it is not read. */
  readonly output: string;
  /** The environments in which the values are set. @default - the base */
  readonly environments?: readonly string[] | undefined;
  /** Whether to change nothing. @default false */
  readonly dryRun?: boolean | undefined;
}

/** The values that were set and the files that were written; or the problems, and nothing was written. */
export type SetResult =
  | {
      readonly edits: readonly ValueEdit[];
      readonly written: readonly string[];
      readonly warnings: readonly Diagnostic[];
    }
  | { readonly problems: readonly Diagnostic[]; readonly written: readonly string[] };

/** Sets values in values files. They are validated as `synth` does, before a file is written. */
export async function setValues(given: readonly string[], options: SetOptions): Promise<SetResult> {
  const sets = parseSetValues('set', given);
  const read = readSelected(options);
  const found = [...sets.problems, ...read.problems];
  if (found.length > 0) return { problems: found, written: [] };
  const edited = editValues(read.sources, sets.values, options.environments);
  if ('problems' in edited) {
    // A file that cannot be read may contain the application.
    const { problems } = parseValues(read.sources);
    return { problems: problems.length > 0 ? problems : edited.problems, written: [] };
  }
  const problems = await problemsOf(read.sources, edited);
  if (problems.length > 0) return { problems, written: [] };
  const texts = new Map(read.sources.map(({ file, text }) => [file, text]));
  const changed = edited.sources.filter(({ file, text }) => text !== texts.get(file));
  const refused = changed.flatMap(({ file }) => notWritable(file) ?? []);
  if (refused.length > 0) return { problems: refused, written: [] };
  const written: string[] = [];
  for (const { file, text } of options.dryRun ? [] : changed) {
    const problem = write(file, text);
    if (problem !== undefined) return { problems: [problem], written };
    written.push(file);
  }
  return { edits: edited.edits, written, warnings: edited.warnings };
}

/** The problems that the values would have. Problems of other files do not count, unless the change makes them. */
async function problemsOf(
  sources: readonly Source[],
  { sources: edited, fields }: EditedValues,
): Promise<Diagnostic[]> {
  const instead = new Map(edited.map((source) => [source.file, source]));
  await loadSchemas([...sources, ...edited]);
  const { problems } = parseValues(sources.map((source) => instead.get(source.file) ?? source));
  if (problems.length > 0) {
    const before = new Set(parseValues(sources).problems.map(formatDiagnostic));
    const ofEdit = problems.filter(
      (problem) => instead.has(problem.file ?? '') || !before.has(formatDiagnostic(problem)),
    );
    if (ofEdit.length > 0) return ofEdit.map((problem) => atSetValue(problem, fields));
  }
  const { values } = parseValues(withDefaults(edited, sources));
  return [...synthesize(values, await chartsFor(values))].flatMap(({ errors }) => errors);
}

/** A problem of a value that is set has the command as its place: the file does not contain the value. */
function atSetValue(problem: Diagnostic, fields: EditedValues['fields']): Diagnostic {
  const { field: at = '' } = problem;
  const about = fields.findLast(
    ({ file, field }) => file === problem.file && (isWithin(at, field) || isWithin(field, at)),
  );
  if (about === undefined) return problem;
  const { file: _, line: __, column: ___, ...rest } = problem;
  const { given, asText, path } = about.set;
  const hint = problem.hint === PUT_IN_QUOTES ? asText : problem.hint;
  const depth = path.findIndex((_, i) => `.${at}`.endsWith(`.${formatPath(path.slice(0, i + 1))}`)) + 1;
  const field = at === about.field ? given : `${given}: ${at}`;
  return aroundSetValue({ ...rest, hint, field }, about.set, depth === 0 ? path.length : depth);
}

function isWithin(field: string, around: string): boolean {
  return field === around || field.startsWith(`${around}.`) || field.startsWith(`${around}[`);
}

function notWritable(file: string): Diagnostic | undefined {
  return file === STDIN || descriptorOf(file) !== undefined
    ? errorAt({ file }, 'is not a file that can be written')
    : undefined;
}

function write(file: string, text: string): Diagnostic | undefined {
  try {
    rewriteFile(file, text);
    return undefined;
  } catch (error) {
    return systemProblem(error, 'written', file);
  }
}
