import { expected, didYouMean } from '../problems/expected.js';
import { formatPath, type FieldProblem, type Problem } from '../problems/problem.js';
import { DEFAULT_KIND, KINDS, type Kind, type PropsOfKind } from './kinds.js';
import type { Source } from './sources.js';
import { parseYaml, type YamlDocument } from './yaml-document.js';

/** What one document of a values file says, free of problems. */
export interface Values<K extends Kind = Kind> {
  readonly kind: K;
  readonly props: PropsOfKind[K];
  /** The file, and the line of the name in it. */
  readonly file: string;
  readonly line: number;
}

/** Every document of every values file, or everything that is wrong in any of them, in the order of the files. */
export function parseValues(sources: readonly Source[]): { values: Values[]; problems: Problem[] } {
  const values: Values[] = [];
  const problems: Problem[] = [];
  for (const { file, text } of sources) {
    const documents = parseYaml(file, text);
    if (!Array.isArray(documents)) {
      problems.push(documents);
    } else if (documents.length === 0) {
      problems.push({
        file,
        message: 'empty; describe an application, at least its name, image and workers',
      });
    } else {
      const found = documents.flatMap((document) => parseDocument(file, document, values));
      problems.push(...found.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)));
    }
  }
  return { values, problems: [...problems, ...clashes(values)] };
}

function parseDocument(file: string, document: YamlDocument, values: Values[]): Problem[] {
  const place = ({ path, inKey, message }: FieldProblem): Problem => {
    const { line } = document.positionOf(path, inKey);
    return { file, line, field: formatPath(path), message };
  };
  const { value } = document;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [place({ path: [], message: expected('a map with name, image, workers and others', value) })];
  }
  const { kind = DEFAULT_KIND, ...props } = value as Readonly<Record<string, unknown>>;
  if (!isKind(kind)) {
    const hint = typeof kind === 'string' ? didYouMean(kind, Object.keys(KINDS)) : '';
    return [place({ path: ['kind'], message: `${expected(Object.keys(KINDS).join(' or '), kind)}${hint}` })];
  }
  const problems = KINDS[kind].problems(props);
  if (problems.length === 0) {
    values.push({
      kind,
      props: props as unknown as PropsOfKind[Kind],
      file,
      line: document.positionOf(['name']).line,
    });
  }
  return problems.map(place);
}

function isKind(kind: unknown): kind is Kind {
  return typeof kind === 'string' && Object.hasOwn(KINDS, kind);
}

/** Values that would write one file, `<name>.k8s.yaml`; with one namespace they would be one object, too. */
function clashes(values: readonly Values[]): Problem[] {
  const first = new Map<string, Values>();
  return values.flatMap((later) => {
    const { name } = later.props;
    const earlier = first.get(name);
    if (earlier === undefined) {
      first.set(name, later);
      return [];
    }
    const what = `${earlier.file}:${earlier.line} has this name too, and both would write ${name}.k8s.yaml`;
    return [
      {
        file: later.file,
        line: later.line,
        field: 'name',
        message: `${JSON.stringify(name)}: ${what}; rename one`,
      },
    ];
  });
}
