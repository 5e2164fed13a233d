import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import type { FunctionDefinition } from '@actions/expressions/funcs/info';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { run, type Ran } from '../run-command.js';

interface Step {
  readonly name: string;
  readonly id?: string;
  readonly if?: string;
  readonly shell: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly 'working-directory'?: string;
  readonly run: string;
}

export interface CompositeAction {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

export function compositeAction(file: string): CompositeAction {
  return load(readFileSync(file, 'utf8')) as CompositeAction;
}

/** A step that ran. */
export interface RanStep extends Ran {
  readonly name: string;
}

interface Running {
  /** Folder of the action. */
  readonly action: string;
  /** The user's repository. */
  readonly repository: string;
  /** The user's inputs; the others have their defaults. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** Folder for the scripts of the steps. */
  readonly scripts: string;
}

/**
 * Runs the steps of a composite action with bash, as GitHub's runner does. GitHub's own library evaluates the
 * expressions in `if`, `env` and `working-directory`.
 */
export function runAction(
  { inputs: known, runs }: CompositeAction,
  { action, repository, inputs = {}, scripts }: Running,
): RanStep[] {
  const given = Object.fromEntries(
    Object.entries(known).map(([name, input]) => [name, inputs[name] ?? input.default]),
  );
  const outcomes: Record<string, { outcome: string }> = {};
  const ran: RanStep[] = [];
  for (const step of runs.steps) {
    const evaluate = (text: string) => expanded(text, { inputs: given, steps: outcomes }, ran);
    const isWanted = conditionOf(step, evaluate);
    if (isWanted) {
      const script = path.join(scripts, `step-${ran.length}.sh`);
      writeFileSync(script, step.run);
      const result = run('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', script], {
        cwd: path.join(repository, evaluate(step['working-directory'] ?? '.')),
        env: {
          ...Object.fromEntries(Object.entries(step.env ?? {}).map(([name, text]) => [name, evaluate(text)])),
          GITHUB_ACTIONS: 'true',
          GITHUB_ACTION_PATH: action,
          GITHUB_WORKSPACE: repository,
        },
      });
      ran.push({ name: step.name, ...result });
    }
    if (step.id !== undefined)
      outcomes[step.id] = {
        outcome: !isWanted ? 'skipped' : ran.at(-1)?.exitCode === 0 ? 'success' : 'failure',
      };
  }
  return ran;
}

const STATUS = /\b(?:success|failure|always|cancelled)\(\)/;

/** Whether a step runs. Without a status function, only if no step before it failed. */
function conditionOf(
  { if: condition = '${{ success() }}' }: Step,
  evaluate: (text: string) => string,
): boolean {
  const [, expression = condition] = EXPRESSION.exec(condition) ?? [];
  return (
    evaluate(`\${{ ${STATUS.test(expression) ? expression : `success() && (${expression})`} }}`) === 'true'
  );
}

const EXPRESSION = /\$\{\{(.*?)\}\}/;

function expanded(text: string, contexts: Readonly<Record<string, object>>, ran: readonly RanStep[]): string {
  const hasFailed = ran.some(({ exitCode }) => exitCode !== 0);
  const functions = [
    status('success', !hasFailed),
    status('failure', hasFailed),
    status('always', true),
    status('cancelled', false),
  ];
  return text.replaceAll(new RegExp(EXPRESSION, 'g'), (_, expression: string) => {
    const { tokens } = new Lexer(expression.trim()).lex();
    const parsed = new Parser(tokens, Object.keys(contexts), functions).parse();
    const context = dictionary(contexts) as data.Dictionary;
    return new Evaluator(parsed, context, new Map(functions.map((one) => [one.name, one])))
      .evaluate()
      .coerceString();
  });
}

function status(name: string, value: boolean): FunctionDefinition {
  return { name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(value) };
}

function dictionary(value: object | string): data.ExpressionData {
  if (typeof value === 'string') return new data.StringData(value);
  return new data.Dictionary(
    ...Object.entries(value).map(([key, inner]) => ({ key, value: dictionary(inner as object) })),
  );
}
