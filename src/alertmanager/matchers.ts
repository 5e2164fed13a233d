import { checkRegularExpression } from '../prometheus/regular-expression.js';
import { expected, inspect } from '../diagnostics/expected.js';

const WHAT = 'matchers such as severity="critical" or team=~"web|db"';

interface Matcher {
  readonly operator: string;
  readonly value: string;
}

/**
 * The problem of the text of one or several matchers; undefined if Alertmanager accepts it. Alertmanager has two parsers:
 * the older one, and one for names in UTF-8. It accepts a text that one of them accepts.
 * @see pkg/labels/parse.go, matcher/parse and matcher/compat
 */
export function matcherProblem(text: string): string | undefined {
  const readings = [newerReading(text), olderReading(text)].filter((reading) => reading !== undefined);
  if (readings.length === 0) return expected(WHAT, text);
  const problems = readings.map((matchers) => matchers.map(expressionProblem).find(Boolean));
  return problems.includes(undefined) ? undefined : problems[0];
}

function expressionProblem({ operator, value }: Matcher): string | undefined {
  return operator.endsWith('~') && !isRegularExpression(value)
    ? `${inspect(value)} is no regular expression (RE2: no look-ahead, no back-references)`
    : undefined;
}

/** Whether a text is a regular expression that Alertmanager accepts. */
export function isRegularExpression(text: string): boolean {
  try {
    checkRegularExpression(`^(?:${text})$`);
    return true;
  } catch {
    return false;
  }
}

const OPERATOR = '=~|!=|!~|=';
const QUOTED = String.raw`"(?:[^"\\]|\\.)*"`;
const WORD = String.raw`${QUOTED}|[^\s{}!=~,\\"'\x60]+`;
const MATCHER = String.raw`\s*(?:${WORD})\s*(?:${OPERATOR})\s*(?:${WORD})\s*`;
const LIST = `${MATCHER}(?:,${MATCHER})*(?:,\\s*)?`;
const NEWER = new RegExp(`^\\s*(?:\\{\\s*(?:${LIST})?\\}|(?:${LIST})?)\\s*$`, 's');
const PARTS = new RegExp(`(?:${WORD})\\s*(${OPERATOR})\\s*(${WORD})`, 'gs');
/** Go's escapes. The group is set for an unknown escape. */
const ESCAPE = /\\(?:[abfnrtv\\"]|x[0-9a-f]{2}|[0-7]{3}|u[0-9a-f]{4}|U[0-9a-f]{8}|(.))/gis;

function newerReading(text: string): Matcher[] | undefined {
  if (!NEWER.test(text)) return undefined;
  if (Array.from(text.matchAll(ESCAPE)).some(([, unknown]) => unknown !== undefined)) return undefined;
  return Array.from(text.matchAll(PARTS), ([, operator = '', word = '']) => ({
    operator,
    value: word.startsWith('"') ? word.slice(1, -1).replaceAll(/\\([\\"])/g, '$1') : word,
  }));
}

const OLDER = new RegExp(String.raw`^\s*[a-zA-Z_:][a-zA-Z0-9_:]*\s*(${OPERATOR})\s*(.*?)\s*$`, 's');

function olderReading(text: string): Matcher[] | undefined {
  const matchers = withoutBraces(text).map((one) => {
    const [, operator, raw = ''] = OLDER.exec(one) ?? [];
    const [, quoted, plain] = /^(?:"((?:[^"\\]|\\.)*)"|((?:[^"\\]|\\.|\\$)*))$/s.exec(raw) ?? [];
    const value = quoted ?? plain;
    if (operator === undefined || value === undefined) return undefined;
    return { operator, value: value.replaceAll(/\\([\\"])/g, '$1') };
  });
  return matchers.includes(undefined) ? undefined : matchers.filter((one) => one !== undefined);
}

/** The single matchers: splits the text at commas outside of quotes. */
function withoutBraces(text: string): string[] {
  const inside = text.replace(/^\{/, '').replace(/\}$/, '');
  const parts = Array.from(inside.matchAll(/(?:"(?:[^"\\]|\\.)*"|\\.|[^,\\]|\\$)+/gs), ([part]) => part);
  return parts.at(-1)?.trim() === '' ? parts.slice(0, -1) : parts;
}
