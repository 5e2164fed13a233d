import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type CompletionItem, getLanguageService, MarkupContent } from 'yaml-language-server';

const SCHEMA = fileURLToPath(new URL('../../schema/values.schema.json', import.meta.url));

/** yaml-language-server, as VS Code's YAML extension runs it, with the schema of values files. */
const server = getLanguageService({
  schemaRequestService: (uri) => Promise.resolve(readFileSync(fileURLToPath(uri), 'utf8')),
  workspaceContext: { resolveRelativePath: (path, base) => new URL(path, base).href },
  clientCapabilities: {
    textDocument: { completion: { completionItem: { documentationFormat: ['markdown'] } } },
  },
});
server.configure({
  validate: true,
  completion: true,
  hover: true,
  customTags: [],
  indentation: '  ',
  schemas: [{ uri: pathToFileURL(SCHEMA).href, fileMatch: ['*.yaml'] }],
});

let version = 0;
const document = (text: string, uri = 'file:///values/shop.yaml') =>
  TextDocument.create(uri, 'yaml', ++version, text);

/** What the editor offers at the mark `|`, in the order in which VS Code shows it. */
export async function completions(marked: string): Promise<CompletionItem[]> {
  const file = document(marked.replace('|', ''));
  const { items } = await server.doComplete(file, file.positionAt(marked.indexOf('|')), false);
  const key = ({ sortText, label }: CompletionItem) => sortText ?? label;
  return items.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** The text once a completion at the mark is accepted without typing over its fields, as VS Code indents it. */
export function accepted(marked: string, { insertText = '' }: CompletionItem): string {
  const [before = '', after = ''] = marked.split('|');
  const indent = /^ */.exec(before.split('\n').at(-1) ?? '')?.[0] ?? '';
  return before + withoutFields(insertText).replaceAll('\n', `\n${indent}`) + after;
}

/** A snippet as text: `${1:text}` becomes `text`, `${1|one,other|}` becomes `one`. */
function withoutFields(snippet: string): string {
  return snippet
    .replaceAll(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, '$1')
    .replaceAll(/\$\{\d+:((?:\\.|[^}\\])*)\}/g, '$1')
    .replaceAll(/\$\{?\d+\}?/g, '')
    .replaceAll(/\\([$}\\])/g, '$1');
}

/** The messages that the editor shows, with lines from 1. @param uri of the file. @default - one in values/ */
export async function messages(text: string, uri?: string): Promise<string[]> {
  const diagnostics = await server.doValidation(document(text, uri), false);
  return diagnostics.map(({ range, message }) => `${range.start.line + 1}: ${message}`);
}

/** The help that the editor shows when the pointer is at the mark. */
export async function hover(marked: string): Promise<string> {
  const file = document(marked.replace('|', ''));
  const shown = await server.doHover(file, file.positionAt(marked.indexOf('|')));
  return MarkupContent.is(shown?.contents) ? shown.contents.value : '';
}

/** The help of a completion. */
export function help({ documentation = '' }: CompletionItem): string {
  return typeof documentation === 'string' ? documentation : documentation.value;
}
