import type { Message } from '../diagnostics/diagnostic.js';
import { inspect, nearestName } from '../diagnostics/expected.js';
import { metricsqlWord } from './metricsql.js';
import { PROMQL_FUNCTIONS } from './promql-functions.js';
import { quotedProblem } from './promql-selector.js';
import { PromqlTree } from './promql-tree.js';
import { PromqlTypes } from './promql-types.js';

/** `isUnwise`: a Prometheus with the right flags accepts it, or VictoriaMetrics does. */
export type PromqlProblem = Message & { readonly isUnwise?: boolean };

/**
 * The problem of a PromQL expression; undefined if Prometheus can parse it. An expression in LogQL, the language of Loki,
 * has none: Loki reads rules from a PrometheusRule, too.
 */
export function promqlProblem(text: string): PromqlProblem | undefined {
  const form = text.replaceAll(NAME_IN_TEXT, '"name$1"');
  if (RIGHT_FORMS.has(form)) return undefined;
  const problem = isLogql(text) ? undefined : problemOf(text);
  const word = problem === undefined || problem.isUnwise === true ? undefined : metricsqlWord(text);
  if (word !== undefined) return metricsqlProblem(word);
  if (RIGHT_FORMS.size > MOST_FORMS) RIGHT_FORMS.clear();
  if (problem === undefined) RIGHT_FORMS.add(form);
  return problem;
}

/** Expressions that have no problem. Those of most applications differ only in their names. */
const RIGHT_FORMS = new Set<string>();
const MOST_FORMS = 1000;
/** A text that begins with a name. Which name it is makes no difference, also in a regular expression. */
const NAME_IN_TEXT = /"[\w.:/-]{2,}((?:[^"\\]|\\.)*)"/g;

/** PromQL has no `|` outside of texts. */
function isLogql(text: string): boolean {
  return text.replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`/g, '').includes('|');
}

function problemOf(text: string): PromqlProblem | undefined {
  const tree = new PromqlTree(text);
  let quoted: string | undefined;
  for (const node of tree.nodes()) {
    if (node.type.isError) return syntaxError(text, node.from);
    if (node.name === 'StringLiteral') quoted ??= quotedProblem(tree.textOf(node));
  }
  const { found = quoted, experimental } = new PromqlTypes(tree);
  if (found !== undefined) return { message: found };
  if (experimental === undefined) return undefined;
  return {
    message: `${experimental} works only with the flag --enable-feature=promql-experimental-functions`,
    hint: 'without it, the operator and its admission webhook refuse all rules of this object',
    isUnwise: true,
  };
}

/** The operator of VictoriaMetrics converts each PrometheusRule to a VMRule. */
function metricsqlProblem(word: string): PromqlProblem {
  return {
    message: `${word} is a word of MetricsQL: VictoriaMetrics reads this expression, and Prometheus does not`,
    hint: 'where Prometheus reads the rule, write it in PromQL: its operator drops all rules of this object; for VictoriaMetrics alone, a VMRule is the right kind',
    isUnwise: true,
  };
}

function syntaxError(text: string, at: number): Message {
  const rest = text.slice(at).trim();
  const before = /([A-Za-z_]\w*)\s*$/.exec(text.slice(0, at))?.[1];
  if (before !== undefined && rest.startsWith('(') && !PROMQL_FUNCTIONS.has(before)) {
    const hint = nearestName(before, [...PROMQL_FUNCTIONS.keys()]);
    return { message: `PromQL has no function ${before}`, ...(hint !== undefined && { hint }) };
  }
  const where = rest === '' ? 'it ends too early' : `it is wrong at ${inspect(rest)}`;
  return { message: `${inspect(text)} is no PromQL expression: ${where}` };
}
