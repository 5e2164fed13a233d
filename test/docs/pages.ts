import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../run-command.js';

/** A code block of a page. */
export interface Block {
  readonly language: string;
  readonly text: string;
}

/** A file that a page shows, and the command after it with the output that the page shows. */
export interface Example {
  readonly page: string;
  readonly file: string;
  readonly text: string;
  readonly run?: { readonly args: readonly string[]; readonly output: string };
}

/** Every page of documentation, by its path in the repository. */
export const PAGES: readonly string[] = ['.', 'docs', 'examples'].flatMap((folder) =>
  readdirSync(path.join(ROOT, folder), { recursive: folder !== '.', encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join(folder, name)),
);

export function textOf(page: string): string {
  return readFileSync(path.join(ROOT, page), 'utf8');
}

/** The relative links in a page's text, without those in code blocks. */
export function linksIn(text: string): string[] {
  const prose = text.replaceAll(/^( *)```.*?^\1```$/gms, '');
  return Array.from(prose.matchAll(/\]\((?!https?:)([^)\s]+)\)/g), ([, link = '']) => link);
}

/** The code blocks of a page, those in lists without their indentation. */
export function blocksOf(page: string): Block[] {
  return Array.from(
    textOf(page).matchAll(/^( *)```(\w+)\n(.*?)^\1```$/gms),
    ([, indentation = '', language = '', text = '']) => ({
      language,
      text: text.replaceAll(new RegExp(`^${indentation}`, 'gm'), ''),
    }),
  );
}

/** YAML blocks that begin with the name of a file; a console block right after one shows what a command prints. */
export function examplesOf(page: string): Example[] {
  const blocks = blocksOf(page);
  return blocks.flatMap(({ language, text }, i) => {
    const file = /^# ([\w./-]+\.yaml)\n/.exec(text)?.[1];
    if (language !== 'yaml' || file === undefined) return [];
    const next = blocks[i + 1];
    const run = next?.language === 'console' ? runOf(next.text) : undefined;
    return [{ page, file, text, run }];
  });
}

/** A console block of one command with its output. */
function runOf(text: string): Example['run'] {
  const [first = '', ...lines] = text.split('\n');
  const [args] = commandLinesIn(first);
  const output = lines.join('\n');
  return args === undefined || output.trim() === '' || /^\$ /m.test(output) ? undefined : { args, output };
}

const COMMAND_LINE = /(?:\bworker-metrics (?=[a-z])|\bnpm run (?=synth\b))([^|&`\n]*)/g;

/** The arguments of each `worker-metrics` command that a text shows after a prompt, or in a workflow. */
export function commandLinesIn(text: string): string[][] {
  const lines = text.split('\n').filter((line) => /^\s*\$ |\brun: /.test(line));
  return lines.flatMap((line) =>
    Array.from(line.matchAll(COMMAND_LINE), ([, command = '']) => wordsOf(command)),
  );
}

function wordsOf(command: string): string[] {
  const words = command.replace(/ #.*/, '').match(/"[^"]*"|\S+/g) ?? [];
  return words.filter((word) => word !== '--').map((word) => word.replaceAll('"', ''));
}
