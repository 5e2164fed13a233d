import { type Diagnostic, errorAt, type FieldDiagnostic } from '../diagnostics/diagnostic.js';
import { formatPath } from '../diagnostics/field-path.js';
import { KINDS } from '../values/kinds.js';

/** The answers about an application, as the user gave them. */
export interface Answers {
  readonly name: unknown;
  readonly image: unknown;
  readonly workers: unknown;
  readonly port: unknown;
}

export type Answer = keyof Answers;

/** The answer that sets a top-level key of the values. */
const ANSWER_OF_KEY: Readonly<Record<string, Answer>> = {
  name: 'name',
  image: 'image',
  workers: 'workers',
  http: 'port',
  metrics: 'port', // the metrics ports follow http.port
};

/** The values of the application. */
export function valuesOf({ name, image, workers, port }: Answers): object {
  const values = { name, image, workers, http: { port } };
  // Beside port 80, and above 65500, there may be too few ports for the workers.
  const elsewhere = { ...values, metrics: { startPort: 8001 } };
  return problemsOf(elsewhere).length < problemsOf(values).length ? elsewhere : values;
}

function problemsOf(values: object): readonly FieldDiagnostic[] {
  return KINDS.WorkerApp.check(values).problems ?? [];
}

/** Checks the answers by the schema of values files. Each problem names the option. */
export function answerProblems(answers: Answers): Diagnostic[] {
  return problemsOf(valuesOf(answers)).map((problem) =>
    errorAt({ field: `--${answerOf(problem)}` }, messageOf(problem)),
  );
}

/** The problem of one answer; undefined if it is valid. Problems of the others do not count. */
export function problemOf(answer: Answer, answers: Partial<Answers>): string | undefined {
  const problem = problemsOf(valuesOf({ ...VALID, ...answers })).find((one) => answerOf(one) === answer);
  return problem && messageOf(problem);
}

/** Answers without problems. */
const VALID: Answers = { ...defaultAnswers('app') };

/** The answers of a user who gives none. */
export function defaultAnswers(name: string | undefined): Answers {
  return { name, image: `registry.example.com/${name ?? 'app'}:1.0.0`, workers: 4, port: 8000 };
}

/** The folder's name as the name of an application; undefined if it cannot be one. */
export function nameFor(folder: string): string | undefined {
  const name = folder
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return problemOf('name', { name }) === undefined ? name : undefined;
}

/** An answer as YAML would read it: digits are a number. */
export function answerFrom(text: string): string | number {
  return /^[0-9]+$/.test(text) ? Number(text) : text;
}

function answerOf({ path: [key] }: FieldDiagnostic): Answer {
  return ANSWER_OF_KEY[String(key)] ?? 'name';
}

/** The message of a problem; it names the key if no option sets that key. */
function messageOf({ path, message, hint }: FieldDiagnostic): string {
  const key = formatPath(path);
  const isQuestion = ['name', 'image', 'workers', 'http.port'].includes(key);
  return [isQuestion ? message : `${key}: ${message}`, hint].filter(Boolean).join('; ');
}
