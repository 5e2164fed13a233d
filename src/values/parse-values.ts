import type { DeliveryProps } from '../delivery/delivery-props.js';
import { fileAt, placeOf } from '../output/layout.js';
import { didYouMean } from '../problems/expected.js';
import { formatPath, type FieldProblem, type Problem } from '../problems/problem.js';
import { documentProblems } from './document-problems.js';
import { KINDS, type Kind, type PropsOfKind } from './kinds.js';
import type { Source } from './sources.js';
import { readDocument } from './values-document.js';
import type { Variant } from './variant.js';
import { parseYaml, type YamlDocument } from './yaml-document.js';

/** What one document of a values file says in one environment, free of problems. */
export interface Values<K extends Kind = Kind> {
  readonly kind: K;
  readonly props: PropsOfKind[K];
  /** Undefined where the document has no environments. */
  readonly environment?: string | undefined;
  /** What has it deployed, if anything. */
  readonly delivery?: DeliveryProps;
}

/** What a run is about. */
export interface Selection {
  /** Only what these environments have. @default - everything */
  readonly environments?: readonly string[] | undefined;
}

/** The name of something in an environment, and where it was given. */
interface Named {
  readonly name: string;
  readonly environment?: string | undefined;
  readonly file: string;
  readonly line: number;
  readonly field: string;
}

export interface ParsedValues {
  readonly values: Values[];
  readonly problems: Problem[];
  /** What is worth knowing, though nothing is wrong. */
  readonly notes: Problem[];
}

/** Every document of every values file, or everything that is wrong in any of them, in the order of the files. */
export function parseValues(sources: readonly Source[], { environments }: Selection = {}): ParsedValues {
  const values: Values[] = [];
  const notes: Problem[] = [];
  const problems: Problem[] = [];
  const names: Named[] = [];
  const known = new Set<string>();
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
    const found = documents.flatMap((yaml) => {
      const read = readDocument(yaml);
      const asWhole = read.problems.map((problem) => placed(problem, file, yaml));
      if (read.document === undefined) return asWhole;
      const { kind, variants } = read.document;
      for (const { environment } of variants) if (environment !== undefined) known.add(environment);
      const wanted = variants.filter(({ environment }) => isWanted(environment, environments));
      names.push(...wanted.flatMap((variant) => nameIn(file, variant)));
      const wrong = [...asWhole, ...documentProblems(file, read.document, wanted)];
      if (wrong.length > 0) return wrong;
      values.push(...wanted.map((variant) => valuesOf(kind, variant)));
      notes.push(...repeatedOnce(wanted.flatMap((variant) => notesOn(file, kind, variant))));
      return [];
    });
    problems.push(...found.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)));
  }
  problems.push(...clashes(names));
  // Files that could not be read might have known the environment.
  if (problems.length === 0) problems.push(...unknownEnvironments(environments ?? [], [...known]));
  return { values, notes, problems };
}

function isWanted(environment: string | undefined, wanted: readonly string[] | undefined): boolean {
  return wanted === undefined || (environment !== undefined && wanted.includes(environment));
}

function valuesOf(kind: Kind, { environment, value }: Variant): Values {
  const { delivery, ...props } = value;
  return {
    kind,
    environment,
    props: props as unknown as PropsOfKind[Kind],
    ...(delivery !== undefined && { delivery: delivery as DeliveryProps }),
  };
}

function notesOn<K extends Kind>(file: string, kind: K, variant: Variant): Problem[] {
  const notes = KINDS[kind].notes?.(variant.value as unknown as PropsOfKind[K]) ?? [];
  return notes.map(({ path, inKey, message }) => {
    const { line, field } = variant.originOf(path, inKey);
    return { file, line, field, message };
  });
}

/** What holds in several environments is said once. */
function repeatedOnce(notes: readonly Problem[]): Problem[] {
  return [...new Map(notes.map((note) => [JSON.stringify(note), note])).values()];
}

function placed({ path, inKey, message }: FieldProblem, file: string, document: YamlDocument): Problem {
  return { file, line: document.positionOf(path, inKey).line, field: formatPath(path), message };
}

function nameIn(file: string, variant: Variant): Named[] {
  const { name } = variant.value;
  const { environment } = variant;
  const { line, field } = variant.originOf(['name']);
  return typeof name === 'string' ? [{ name, environment, file, line, field }] : [];
}

/** Documents that would write one file; with one namespace they would be one object, too. */
function clashes(names: readonly Named[]): Problem[] {
  const first = new Map<string, Named>();
  const reported = new Set<string>();
  return names.flatMap((later) => {
    const { name, file, line, field } = later;
    const output = fileAt(placeOf(later));
    const earlier = first.get(output);
    if (earlier === undefined) {
      first.set(output, later);
      return [];
    }
    // Two names may meet in every environment: once is enough.
    const place = `${file}:${line} ${earlier.file}:${earlier.line}`;
    if (reported.has(place)) return [];
    reported.add(place);
    const what = `${earlier.file}:${earlier.line} has this name too, and both would write ${output}`;
    return [{ file, line, field, message: `${JSON.stringify(name)}: ${what}; rename one` }];
  });
}

function unknownEnvironments(wanted: readonly string[], known: readonly string[]): Problem[] {
  const all = known.length === 0 ? 'none has environments' : `known are ${known.join(', ')}`;
  return wanted
    .filter((name) => !known.includes(name))
    .map((name) => ({
      file: '--environment',
      message: `${JSON.stringify(name)} is in no values file; ${all}${didYouMean(name, known)}`,
    }));
}
