import type { SyntaxNode } from '@lezer/common';
import { inspect } from '../diagnostics/expected.js';
import type { PromqlTree } from './promql-tree.js';
import { isRegularExpression, matchesEmpty } from './regular-expression.js';

/** The problem of a vector selector: `up{job="web"}`. */
export function selectorProblem(tree: PromqlTree, node: SyntaxNode): string | undefined {
  const isNamed = node.getChild('Identifier') !== null;
  const matchers = node.getChild('LabelMatchers');
  const all = ['UnquotedLabelMatcher', 'QuotedLabelMatcher'].flatMap(
    (kind) => matchers?.getChildren(kind) ?? [],
  );
  let selects = isNamed || matchers?.getChild('QuotedLabelName') != null;
  for (const matcher of all) {
    const operator = tree.textOf(matcher.getChild('MatchOp'));
    const value = tree.textOf(matcher.getChild('StringLiteral')).slice(1, -1);
    if (isNamed && operator === '=' && tree.textOf(matcher.firstChild) === '__name__')
      return `the name of the metric is set twice: ${tree.textOf(node)}`;
    // Escapes are not decoded here: a text with one is not empty.
    if (value.includes('\\')) selects = true;
    else if (operator.endsWith('~') && !isRegularExpression(value))
      return `${inspect(value)} is no regular expression (RE2: no look-ahead, no back-references)`;
    else if (!matchesEmptyText(operator, value)) selects = true;
  }
  if (selects) return undefined;
  return `the selector ${inspect(tree.textOf(node))} selects every series: it needs a name, or a matcher that an empty value does not match`;
}

/** Whether a matcher matches a series without the label. */
function matchesEmptyText(operator: string, value: string): boolean {
  if (operator === '=') return value === '';
  if (operator === '!=') return value !== '';
  return matchesEmpty(value) === (operator === '=~');
}

/** Go's escapes. The group is set for another one. */
const ESCAPE = /\\(?:[abfnrtv\\]|x[0-9a-f]{2}|[0-7]{3}|u[0-9a-f]{4}|U[0-9a-f]{8}|(.))/gis;

/** The problem of a text in quotes: `"\\d"` needs a second backslash. */
export function quotedProblem(text: string): string | undefined {
  const quote = text.charAt(0);
  if (quote === '`') return undefined;
  const unknown = Array.from(text.matchAll(ESCAPE), ([, one]) => one).find(
    (one) => one !== undefined && one !== quote,
  );
  if (unknown === undefined) return undefined;
  return `${inspect(text)} has the unknown escape \\${unknown}; a backslash is written \\\\`;
}
