import path from 'node:path';
import { type Diagnostic, errorAt } from '../diagnostics/diagnostic.js';
import {
  answerFrom,
  answerProblems,
  defaultAnswers,
  nameFor,
  problemOf,
  type Answer,
  type Answers,
} from '../init/answers.js';
import { isDescribed } from '../init/init-project.js';
import type { Environment } from './command.js';

/** The options of `init` that answer a question. */
export interface AnswerFlags {
  readonly name?: string;
  readonly image?: string;
  readonly workers?: string;
  readonly port?: string;
  readonly yes?: true;
  readonly typescript?: true;
  readonly format: string;
}

type Found = { readonly answers: Answers; readonly warnings: readonly Diagnostic[] };

/** `cancelled` if the user cancels. */
type Result = Found | { readonly problems: readonly Diagnostic[] } | 'cancelled';

const QUESTIONS: Readonly<Record<Answer, string>> = {
  name: 'Name of the application',
  image: 'Container image',
  workers: 'Worker processes in each pod',
  port: 'Port on which the application listens in the container',
};

/** The answers for a new project: from the options, from the user in a terminal, or the defaults. */
export async function answersFor(
  folder: string,
  flags: AnswerFlags,
  environment: Environment,
): Promise<Result> {
  const given = givenBy(flags);
  const base = path.basename(path.resolve(folder));
  const name = given.name ?? nameFor(base);
  const wrong = answerProblems({ ...defaultAnswers('app'), ...given });
  if (wrong.length > 0) return { problems: wrong };
  const typescript = flags.typescript === true;
  const isKept = (answers: Answers) => isDescribed({ folder, answers, typescript });

  if (flags.yes === undefined && flags.format === 'text' && isTerminal(environment)) {
    const named = await ask(['name'], given, { name });
    if (named === undefined) return 'cancelled';
    const proposed = defaultAnswers(String(named.name));
    const answers = isKept({ ...proposed, ...named })
      ? named
      : await ask(['image', 'workers', 'port'], named, proposed);
    return answers === undefined ? 'cancelled' : { answers: { ...proposed, ...answers }, warnings: [] };
  }
  if (name === undefined) return { problems: [noName(base)] };
  const answers = { ...defaultAnswers(String(name)), ...given };
  if (isKept(answers)) return { answers, warnings: [] };
  const missing = (['image', 'workers'] as const).filter((answer) => given[answer] === undefined);
  if (flags.yes === undefined && missing.length > 0) return { problems: [noTerminal(missing)] };
  return { answers, warnings: given.image === undefined ? [exampleImage(answers)] : [] };
}

function givenBy({ name, image, workers, port }: AnswerFlags): Partial<Answers> {
  return {
    ...(name !== undefined && { name }),
    ...(image !== undefined && { image }),
    ...(workers !== undefined && { workers: answerFrom(workers) }),
    ...(port !== undefined && { port: answerFrom(port) }),
  };
}

function isTerminal({ TERM }: Environment): boolean {
  return process.stdin.isTTY && process.stderr.isTTY && TERM !== 'dumb';
}

/**
 * Asks for the answers that are not given, and checks each.
 *
 * @param proposed the answers to propose; an image is shown as an example only
 * @returns undefined if the user cancels
 */
async function ask(
  wanted: readonly Answer[],
  given: Partial<Answers>,
  proposed: Partial<Answers>,
): Promise<Partial<Answers> | undefined> {
  const { isCancel, text } = await import('@clack/prompts');
  let answers = given;
  for (const answer of wanted.filter((one) => given[one] === undefined)) {
    const proposal = String(proposed[answer] ?? '');
    const byDefault = answer === 'image' ? '' : proposal;
    const typed = await text({
      message: QUESTIONS[answer],
      placeholder: proposal,
      defaultValue: byDefault,
      validate: (value) =>
        problemOf(answer, {
          ...answers,
          [answer]: answerFrom(value === undefined || value === '' ? byDefault : value),
        }),
      output: process.stderr,
    });
    if (isCancel(typed)) return undefined;
    answers = { ...answers, [answer]: answerFrom(typed) };
  }
  return answers;
}

function noName(folder: string): Diagnostic {
  return errorAt(
    { field: '--name' },
    `missing; the name of the folder, ${JSON.stringify(folder)}, cannot be the name of an application`,
  );
}

function noTerminal(missing: readonly Answer[]): Diagnostic {
  const examples: Partial<Answers> = defaultAnswers('shop');
  const options = missing.map((answer) => `--${answer} ${String(examples[answer])}`);
  const hint = `give ${missing.map((answer) => `--${answer}`).join(' and ')}, for example ${options.join(' ')}; or give --yes to begin with an example`;
  return errorAt({}, 'there is no terminal to ask in', hint);
}

function exampleImage({ image }: Answers): Diagnostic {
  return {
    severity: 'warning',
    field: 'image',
    message: `${String(image)} is only an example`,
    hint: 'set your image',
  };
}
