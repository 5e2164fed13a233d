import { defaultTreeAdapter, parse, type DefaultTreeAdapterTypes } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;
export type PageElement = DefaultTreeAdapterTypes.Element;

/** Every element of a page, as a browser's parser reads it. */
export function elementsOf(html: string): PageElement[] {
  const found: PageElement[] = [];
  const visit = (node: Node): void => {
    if (defaultTreeAdapter.isElementNode(node)) found.push(node);
    if ('childNodes' in node) for (const child of node.childNodes) visit(child);
  };
  visit(parse(html));
  return found;
}

/** The text of an element, with single spaces. */
export function textOf(node: Node): string {
  const texts: string[] = [];
  const visit = (inner: Node): void => {
    if (defaultTreeAdapter.isTextNode(inner)) texts.push(inner.value);
    if ('childNodes' in inner) for (const child of inner.childNodes) visit(child);
  };
  visit(node);
  return texts.join(' ').replaceAll(/\s+/g, ' ').trim();
}

export function attributeOf({ attrs }: PageElement, wanted: string): string | undefined {
  return attrs.find(({ name }) => name === wanted)?.value;
}

/** The elements of a page with a tag name, and with a class if one is given. */
export function elements(html: string, tag: string, wanted?: string): PageElement[] {
  return elementsOf(html).filter(
    (one) =>
      one.tagName === tag && (wanted === undefined || attributeOf(one, 'class')?.split(' ').includes(wanted)),
  );
}
