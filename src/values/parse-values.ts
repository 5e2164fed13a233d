import { expected, didYouMean } from '../problems/expected.js';
import { formatPath, type FieldProblem, type Problem } from '../problems/problem.js';
import { DEFAULT_KIND, KINDS, type Kind, type PropsOfKind } from './kinds.js';
import type { Source } from './sources.js';
import { parseYaml, type YamlDocument } from './yaml-document.js';

/** What one document of a values file says, free of problems. */
export interface Values<K extends Kind = Kind> {
  readonly kind: K;
  readonly props: PropsOfKind[K];
}

/** A name, and where it was given. */
interface Named {
  readonly name: string;
  readonly file: string;
  readonly line: number;
}

export interface ParsedValues {
  readonly values: Values[];
  readonly problems: Problem[];
  /** What is worth knowing, though nothing is wrong. */
  readonly notes: Problem[];
}

/** Every document of every values file, or everything that is wrong in any of them, in the order of the files. */
export function parseValues(sources: readonly Source[]): ParsedValues {
  const values: Values[] = [];
  const notes: Problem[] = [];
  const problems: Problem[] = [];
  const names: Named[] = [];
  for (const { file, text } of sources) {
    const documents = parseYaml(file, text);
    if (!Array.isArray(documents)) {
      problems.push(documents);
      continue;
    }
    if (documents.length === 0) {
      problems.push({
        file,
        message: 'empty; describe an application, at least its name, image and workers',
      });
    }
    const found = documents.flatMap((document) => {
      names.push(...nameIn(file, document));
      const parsed = parseDocument(document.value);
      if ('problems' in parsed) return parsed.problems.map((problem) => placed(problem, file, document));
      values.push(parsed.values);
      notes.push(...notesOn(parsed.values).map((note) => placed(note, file, document)));
      return [];
    });
    problems.push(...found.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)));
  }
  return { values, notes, problems: [...problems, ...clashes(names)] };
}

function parseDocument(value: unknown): { values: Values } | { problems: readonly FieldProblem[] } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return {
      problems: [{ path: [], message: expected('a map with name, image, workers and others', value) }],
    };
  }
  const { kind = DEFAULT_KIND, ...props } = value as Readonly<Record<string, unknown>>;
  if (!isKind(kind)) {
    const hint = typeof kind === 'string' ? didYouMean(kind, Object.keys(KINDS)) : '';
    return {
      problems: [{ path: ['kind'], message: `${expected(Object.keys(KINDS).join(' or '), kind)}${hint}` }],
    };
  }
  const problems = KINDS[kind].problems(props);
  return problems.length > 0
    ? { problems }
    : { values: { kind, props: props as unknown as PropsOfKind[Kind] } };
}

function notesOn<K extends Kind>({ kind, props }: Values<K>): FieldProblem[] {
  return KINDS[kind].notes?.(props) ?? [];
}

function isKind(kind: unknown): kind is Kind {
  return typeof kind === 'string' && Object.hasOwn(KINDS, kind);
}

function placed({ path, inKey, message }: FieldProblem, file: string, document: YamlDocument): Problem {
  return { file, line: document.positionOf(path, inKey).line, field: formatPath(path), message };
}

function nameIn(file: string, { value, positionOf }: YamlDocument): Named[] {
  const { name } = (value ?? {}) as { readonly name?: unknown };
  return typeof name === 'string' ? [{ name, file, line: positionOf(['name']).line }] : [];
}

/** Documents that would write one file, `<name>.k8s.yaml`; with one namespace they would be one object, too. */
function clashes(names: readonly Named[]): Problem[] {
  const first = new Map<string, Named>();
  return names.flatMap((later) => {
    const { name, file, line } = later;
    const earlier = first.get(name);
    if (earlier === undefined) {
      first.set(name, later);
      return [];
    }
    const what = `${earlier.file}:${earlier.line} has this name too, and both would write ${name}.k8s.yaml`;
    return [{ file, line, field: 'name', message: `${JSON.stringify(name)}: ${what}; rename one` }];
  });
}
