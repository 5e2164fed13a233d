import { nearestName } from '../diagnostics/expected.js';
import type { Message } from '../diagnostics/diagnostic.js';

/** The names that a template may use besides those of Go. */
export interface TemplateNames {
  readonly functions: readonly string[];
  /** Without the `$`. */
  readonly variables: readonly string[];
}

/** Go's own functions. @see https://pkg.go.dev/text/template#hdr-Functions */
const GO_FUNCTIONS = [
  'and', 'or', 'not', 'len', 'index', 'slice', 'print', 'printf', 'println', 'html', 'js', 'urlquery', 'call', 'eq',
  'ne', 'lt', 'le', 'gt', 'ge',
]; // prettier-ignore

const CONSTANTS = ['true', 'false', 'nil'];
const OPENING = ['if', 'range', 'with', 'block', 'define'];
const OTHER_KEYWORDS = ['else', 'end', 'template', 'break', 'continue'];

/** Names in the labels and annotations of alerts. @see template/template.go of Prometheus 3.14 */
export const ALERT_TEMPLATE: TemplateNames = {
  functions: [
    'query', 'first', 'label', 'value', 'strvalue', 'args', 'reReplaceAll', 'safeHtml', 'match', 'title', 'toUpper',
    'toLower', 'graphLink', 'tableLink', 'sortByLabel', 'stripPort', 'stripDomain', 'humanize', 'humanize1024',
    'humanizeDuration', 'humanizePercentage', 'humanizeTimestamp', 'toTime', 'toDuration', 'now', 'pathPrefix',
    'externalURL', 'parseDuration', 'tmpl', 'urlQueryEscape',
  ],
  variables: ['labels', 'externalLabels', 'externalURL', 'value'],
}; // prettier-ignore

/** Names in URLs of an Alertmanager configuration: it is parsed there without any function of Alertmanager. */
export const PLAIN_TEMPLATE: TemplateNames = { functions: [], variables: [] };

const TOKEN =
  /"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)*'|(?<variable>\$\w*)|\.\w+|[0-9][\w.]*|(?<word>[A-Za-z_]\w*)|(?<quote>["`'])|(?<end>\}\})|[^]/gu;

/** The problem of a text with Go templates; undefined if Go can parse it. */
export function templateProblem(text: string, names: TemplateNames): Message | undefined {
  const actions = actionsIn(text);
  if ('message' in actions) return actions;
  const declared = Array.from(text.matchAll(/\$(\w+)\s*(?::=|,)/g), ([, name = '']) => name);
  const variables = [...names.variables, ...declared];
  const functions = [...GO_FUNCTIONS, ...names.functions];
  const open: string[] = [];
  for (const { words, used } of actions) {
    const [first = ''] = words;
    if (OPENING.includes(first)) open.push(first);
    if (first === 'else' && open.length === 0) return { message: 'there is an {{else}} without an {{if}}' };
    if (first === 'end' && open.pop() === undefined) return { message: 'there is an {{end}} too many' };
    const problem =
      unknown('variable', used, variables, '$') ?? unknown('function', calledIn(words), functions);
    if (problem !== undefined) return problem;
  }
  const [left] = open;
  return left === undefined ? undefined : { message: `{{${left} …}} has no {{end}}` };
}

interface Action {
  /** The names without a dot or `$` before them: keywords and functions. */
  readonly words: readonly string[];
  /** The variables, without the `$`. */
  readonly used: readonly string[];
}

function actionsIn(text: string): Action[] | Message {
  const actions: Action[] = [];
  for (let start = text.indexOf('{{'); start !== -1;) {
    const comment = /^\{\{(?:- )?\/\*[^]*?\*\/(?: -)?\}\}/.exec(text.slice(start));
    if (comment === null) {
      const action = actionAt(text, start + 2);
      if (action === undefined)
        return {
          message: `the action ${text.slice(start, start + 20)} has no end`,
          hint: 'close it with }}',
        };
      actions.push(action);
      start = text.indexOf('{{', action.end);
    } else start = text.indexOf('{{', start + comment[0].length);
  }
  return actions;
}

/** The action that starts at an index. @returns undefined if it does not end */
function actionAt(text: string, start: number): (Action & { readonly end: number }) | undefined {
  const words: string[] = [];
  const used: string[] = [];
  for (const { index, groups = {} } of text.slice(start).matchAll(TOKEN)) {
    const { word, variable, quote, end } = groups;
    if (quote !== undefined) return undefined;
    if (end !== undefined) return { words, used, end: start + index + end.length };
    if (word !== undefined) words.push(word);
    if (variable !== undefined && variable !== '$') used.push(variable.slice(1));
  }
  return undefined;
}

function calledIn(words: readonly string[]): string[] {
  const others = new Set([...OPENING, ...OTHER_KEYWORDS, ...CONSTANTS]);
  return words.filter((word) => !others.has(word));
}

function unknown(
  kind: string,
  names: readonly string[],
  known: readonly string[],
  sign = '',
): Message | undefined {
  const name = names.find((one) => !known.includes(one));
  if (name === undefined) return undefined;
  const hint = nearestName(name, known);
  return { message: `a template has no ${kind} ${sign}${name}`, ...(hint !== undefined && { hint }) };
}
