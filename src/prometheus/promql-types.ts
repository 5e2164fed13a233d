import type { SyntaxNode } from '@lezer/common';
import { inspect } from '../diagnostics/expected.js';
import {
  AGGREGATION_PARAMETERS,
  EXPERIMENTAL_FUNCTIONS,
  PROMQL_FUNCTIONS,
  type PromqlType,
} from './promql-functions.js';
import { selectorProblem } from './promql-selector.js';
import { argumentsOf, expressionsIn, kindsIn, type PromqlTree } from './promql-tree.js';

const COMPARISONS = new Set(['Eql', 'Neq', 'Lte', 'Lss', 'Gte', 'Gtr']);
const SETS = new Set(['And', 'Or', 'Unless']);
// The grammar reads `a + b offset 5m` as `(a + b) offset 5m`.
const NO_SELECTORS = new Set([
  'AggregateExpr',
  'FunctionCall',
  'NumberDurationLiteral',
  'ParenExpr',
  'StringLiteral',
]);

/** Checks the types in an expression as the parser of Prometheus does (checkAST of promql/parser/parse.go). */
export class PromqlTypes {
  /** The first problem. */
  found: string | undefined;
  /** A function that Prometheus has only with a flag. */
  experimental: string | undefined;

  constructor(private readonly tree: PromqlTree) {
    const [node] = expressionsIn(tree.top);
    if (node !== undefined) this.typeOf(node);
  }

  /** The type of an expression. Reports the first problem inside it. */
  private typeOf(node: SyntaxNode): PromqlType | undefined {
    switch (node.name) {
      case 'NumberDurationLiteral':
        return 'scalar';
      case 'StringLiteral':
        return 'string';
      case 'VectorSelector':
        this.report(selectorProblem(this.tree, node));
        return 'instant vector';
      case 'AggregateExpr':
        return this.aggregation(node);
      case 'FunctionCall':
        return this.call(node);
      case 'BinaryExpr':
        return this.binary(node);
      case 'OffsetExpr':
      case 'StepInvariantExpr': {
        const [inner] = expressionsIn(node);
        if (inner !== undefined && NO_SELECTORS.has(inner.name))
          this.report(`offset and @ belong after a selector, got ${inspect(this.tree.textOf(inner))}`);
        return this.typeOfFirst(node);
      }
      case 'MatrixSelector': {
        const [inner] = expressionsIn(node);
        if (inner !== undefined && inner.name !== 'VectorSelector')
          this.report(
            `a range belongs right after a selector, got ${inspect(this.tree.textOf(node))}; a subquery is [5m:]`,
          );
        return this.rangeOf(node);
      }
      case 'SubqueryExpr':
        return this.rangeOf(node);
      case 'UnaryExpr': {
        const type = this.typeOfFirst(node);
        if (type === 'string' || type === 'range vector') this.report(`a sign cannot precede a ${type}`);
        return type;
      }
      default:
        // Parentheses keep the type; a later grammar may have more.
        return this.typeOfFirst(node);
    }
  }

  private rangeOf(node: SyntaxNode): PromqlType {
    const [inner] = expressionsIn(node);
    if (inner !== undefined) this.expect(inner, 'instant vector', 'a range in brackets');
    const range = this.tree.textOf(node.getChild('DurationExpr'));
    if (/^0+[a-z]*$/.test(range)) this.report(`the range [${range}] is not above zero`);
    return 'range vector';
  }

  private typeOfFirst(node: SyntaxNode): PromqlType | undefined {
    const [inner] = expressionsIn(node);
    return inner === undefined ? undefined : this.typeOf(inner);
  }

  private aggregation(node: SyntaxNode): PromqlType {
    const operator = this.tree.textOf(node.firstChild).toLowerCase();
    const parameter = Object.hasOwn(AGGREGATION_PARAMETERS, operator)
      ? AGGREGATION_PARAMETERS[operator]
      : undefined;
    this.noteExperimental(operator);
    const given = argumentsOf(node);
    const wanted = parameter === undefined ? 1 : 2;
    const name = `the aggregation ${operator}`;
    if (given.length !== wanted) this.report(`${name} takes ${inArguments(wanted)}, got ${given.length}`);
    else {
      if (parameter !== undefined && given[0] !== undefined) this.expect(given[0], parameter, name);
      const vector = given.at(-1);
      if (vector !== undefined) this.expect(vector, 'instant vector', name);
    }
    return 'instant vector';
  }

  private call(node: SyntaxNode): PromqlType | undefined {
    const name = this.tree.textOf(node.firstChild);
    const called = PROMQL_FUNCTIONS.get(name);
    const given = argumentsOf(node);
    this.noteExperimental(name);
    // The grammar knows a function that this table does not.
    if (called === undefined) return undefined;
    const { parameters, required, hasMore = false, returns } = called;
    const most = hasMore ? Infinity : parameters.length;
    if (given.length < required || given.length > most)
      this.report(`the function ${name} takes ${inArguments(required, most)}, got ${given.length}`);
    given.forEach((argument, i) => {
      // It takes matchers of any kind, also those that match everything.
      if (name === 'info' && i > 0) return;
      const wanted = parameters[i] ?? parameters.at(-1);
      if (wanted !== undefined) this.expect(argument, wanted, `the function ${name}`);
    });
    return returns;
  }

  private binary(node: SyntaxNode): PromqlType | undefined {
    const [left, right] = expressionsIn(node);
    if (left === undefined || right === undefined) return undefined;
    const types = [this.typeOf(left), this.typeOf(right)];
    const operator = node.getChild('MatchingModifierClause') ?? undefined;
    const names = kindsIn(node);
    const isComparison = names.some((name) => COMPARISONS.has(name));
    const isSet = names.some((name) => SETS.has(name));
    const areScalars = types.every((type) => type === 'scalar');
    const hasBool = names.includes('BoolModifier');
    if (types.some((type) => type === 'string' || type === 'range vector'))
      this.report('an operator needs scalars or instant vectors on both sides');
    if (hasBool && !isComparison) this.report('bool belongs to comparisons only');
    if (isComparison && areScalars && !hasBool)
      this.report('a comparison of two scalars needs bool: 1 > bool 2');
    if (isSet && types.includes('scalar'))
      this.report('and, or and unless need instant vectors on both sides');
    if (operator !== undefined) this.checkMatching(operator, isSet, types);
    return areScalars ? 'scalar' : 'instant vector';
  }

  private checkMatching(node: SyntaxNode, isSet: boolean, types: readonly (PromqlType | undefined)[]): void {
    const names = kindsIn(node);
    const isGrouped = names.includes('GroupLeft') || names.includes('GroupRight');
    if (types.includes('scalar')) this.report('on and ignoring need instant vectors on both sides');
    if (isGrouped && isSet) this.report('and, or and unless take no group_left or group_right');
    const [matched = [], grouped = []] = node
      .getChildren('GroupingLabels')
      .map((labels) => labels.getChildren('LabelName').map((label) => this.tree.textOf(label)));
    const both = names.includes('On') ? grouped.find((label) => matched.includes(label)) : undefined;
    if (both !== undefined) this.report(`the label ${both} is in both on and group_left or group_right`);
  }

  private noteExperimental(name: string): void {
    if (EXPERIMENTAL_FUNCTIONS.has(name)) this.experimental ??= name;
  }

  private expect(node: SyntaxNode, wanted: PromqlType, by: string): void {
    const type = this.typeOf(node);
    if (type === undefined || type === wanted) return;
    const range = wanted === 'range vector' ? `, such as ${shortest(this.tree.textOf(node))}[5m]` : '';
    this.report(
      `${by} needs ${article(wanted)}${range}, got ${article(type)}: ${inspect(this.tree.textOf(node))}`,
    );
  }

  private report(problem: string | undefined): void {
    this.found ??= problem;
  }
}

function inArguments(least: number, most = least): string {
  const range = least === most ? least : most === Infinity ? `at least ${least}` : `${least} to ${most}`;
  return `${range} argument${least === 1 && most === 1 ? '' : 's'}`;
}

function article(type: PromqlType): string {
  return type === 'instant vector' ? `an ${type}` : `a ${type}`;
}

function shortest(text: string): string {
  return /^[\w:]+$/.test(text) ? text : 'up';
}
