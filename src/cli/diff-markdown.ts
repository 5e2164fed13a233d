import path from 'node:path';
import { type Diagnostic, formatDiagnostic, formatMessage } from '../diagnostics/diagnostic.js';
import type { ChangeWarning } from '../output/diff/change-warning.js';
import type { ObjectChange } from '../output/diff/object-changes.js';
import { placedAt } from '../output/layout.js';
import { count } from '../diagnostics/count.js';
import type { Compared, FileDifference } from './diff-folder.js';
import { fieldTexts, stateOf } from './difference-text.js';
import { comment, type Section } from './markdown/comment.js';
import { blockLine, codeSpan } from './markdown/markdown.js';

/** By this line, a workflow finds the comment that it wrote before. */
const MARKER = '<!-- worker-metrics diff -->';

/** A diff as a comment for a pull request: a section for each application, with folded changes. */
export function diffComment(output: string, { differences, equal }: Compared): string {
  if (differences.length === 0)
    return comment(heading('no changes', `${codeSpan(output)}: ${count(equal, 'file')} up to date.`), [], '');
  const { length } = differences;
  const totals = summary(differences.flatMap(({ changes }) => changes));
  const title = heading(
    `${count(length, 'file')} ${length === 1 ? 'changes' : 'change'}`,
    `${codeSpan(output)} differs from the values: ${totals}.`,
  );
  return comment(title, sections(output, differences), ALL);
}

/** The problems for which nothing was compared, as a comment. */
export function failureComment(problems: readonly Diagnostic[]): string {
  const title = heading('nothing was compared', `${count(problems.length, 'problem')} in the values.`);
  const lines = problems.map((problem) => blockLine(formatDiagnostic(problem)));
  return comment(
    title,
    [{ text: 'Mend them and run it again.', block: { summary: 'Problems', language: 'text', lines } }],
    ALL,
  );
}

const ALL = '`worker-metrics diff` prints everything.';

function heading(title: string, text: string): string {
  return `${MARKER}\n## Manifests: ${title}\n\n${text}`;
}

/** Applications in the order of the diff; an application's files are together. */
function sections(output: string, differences: readonly FileDifference[]): Section[] {
  const applications = new Map<string, FileDifference[]>();
  for (const difference of differences) {
    const { name, environment } = placedAt(difference.file);
    const title = `### ${codeSpan(name)}${environment === undefined ? '' : ` in ${codeSpan(environment)}`}`;
    applications.set(title, [...(applications.get(title) ?? []), difference]);
  }
  return [...applications].flatMap(([title, files]) =>
    files.map((difference, i) => section(i === 0 ? `${title}\n\n` : '', output, difference)),
  );
}

function section(title: string, output: string, difference: FileDifference): Section {
  const { file, changes } = difference;
  const about = `${codeSpan(path.join(output, file))} ${stateOf(difference)}`;
  if (changes.length === 0) return { text: `${title}${about}.` };
  return {
    text: [`${title}${about}: ${summary(changes)}.`, ...consequences(changes)].join(' '),
    block: {
      summary: `Diff of ${count(changes.length, 'object')}`,
      language: 'diff',
      lines: changes.flatMap(lines),
    },
  };
}

/** `1 object added, 2 changed, 0 removed` */
function summary(changes: readonly ObjectChange[]): string {
  const [added = 0, changed, removed] = (['added', 'changed', 'removed'] as const).map(
    (change) => changes.filter((other) => other.change === change).length,
  );
  return `${count(added, 'object')} added, ${changed} changed, ${removed} removed`;
}

const EFFECTS: readonly (readonly [ChangeWarning['effect'], string])[] = [
  ['rolls', 'Pods are replaced:'],
  ['refused', '**The API server refuses the change:**'],
  ['kept', '**The API server keeps a field as it is:**'],
  ['stays', '**Delete by hand:**'],
  ['merged', 'A client-side apply may lose a list item:'],
  ['scaled', '**A client-side apply sets the number of pods to 1:**'],
];

function consequences(changes: readonly ObjectChange[]): string[] {
  return EFFECTS.flatMap(([effect, words]) => {
    const objects = changes.filter(({ warnings }) => warnings.some((warning) => warning.effect === effect));
    return objects.length === 0 ? [] : [`${words} ${named(objects)}.`];
  });
}

const MOST_NAMED = 5;

function named(objects: readonly ObjectChange[]): string {
  const names = objects.slice(0, MOST_NAMED).map(({ object }) => codeSpan(object));
  const more = objects.length - names.length;
  return [...names, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

/** An object as lines of a diff: GitHub colours lines by their first character. */
function lines({ object, change, fields, warnings }: ObjectChange): string[] {
  const title = { added: `+ ${object}`, removed: `- ${object}`, changed: `@@ ${object} @@` }[change];
  return [
    title,
    ...fieldTexts(fields).flatMap(({ field, before, after }) => {
      if (before === undefined && after === undefined) return [`  ${field}: in another order`];
      return [
        ...(before === undefined ? [] : [`- ${field}: ${before}`]),
        ...(after === undefined ? [] : [`+ ${field}: ${after}`]),
      ];
    }),
    ...warnings.map((warning) => `! ${formatMessage(warning)}`),
  ].map(blockLine);
}
