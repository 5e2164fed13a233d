import { parser } from '@prometheus-io/lezer-promql';
import type { SyntaxNode } from '@lezer/common';

/** A parsed PromQL expression. */
export class PromqlTree {
  readonly top: SyntaxNode;

  constructor(readonly text: string) {
    // The grammar lacks numbers such as `1.`
    this.top = parser.parse(text.replaceAll(/(?<![\w.])([0-9]+)\.(?![\w.])/g, '$1 ')).topNode;
  }

  textOf(node: SyntaxNode | null): string {
    return node === null ? '' : this.text.slice(node.from, node.to);
  }

  /** All nodes, a node before those inside it. */
  *nodes(): Generator<SyntaxNode> {
    const cursor = this.top.cursor();
    do yield cursor.node;
    while (cursor.next());
  }
}

/** The expressions directly inside a node. */
export function expressionsIn(node: SyntaxNode): SyntaxNode[] {
  return node.getChildren('Expr');
}

/** The arguments of a function or aggregation. */
export function argumentsOf(node: SyntaxNode): SyntaxNode[] {
  const body = node.getChild('FunctionCallBody');
  return body === null ? [] : expressionsIn(body);
}

/** The kinds of the nodes directly inside a node. */
export function kindsIn(node: SyntaxNode): string[] {
  const kinds: string[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) kinds.push(child.name);
  return kinds;
}
