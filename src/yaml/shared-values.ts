import type { FieldPath } from '../diagnostics/field-path.js';
import { UneditableYaml } from './uneditable-yaml.js';
import { nodesIn, type YamlNode } from './yaml-tree.js';

/** The values of a document to which aliases refer. */
export class SharedValues {
  /** The anchors that aliases refer to. */
  private readonly used: ReadonlySet<string>;

  constructor(root: YamlNode) {
    this.used = new Set(nodesIn(root).flatMap((node) => (node.kind === 'alias' ? [node.to] : [])));
  }

  /** @throws UneditableYaml if a change of the node would change other places, too */
  refuse({ anchor }: YamlNode, path: FieldPath): void {
    if (anchor !== undefined && this.used.has(anchor))
      throw new UneditableYaml(
        path,
        `*${anchor} refers to this value in another place, which would change too`,
        'write the value out there',
      );
  }

  /** @throws UneditableYaml as `refuse`, for the node and all nodes in it */
  refuseInside(node: YamlNode, path: FieldPath): void {
    for (const inner of nodesIn(node)) this.refuse(inner, path);
  }
}
