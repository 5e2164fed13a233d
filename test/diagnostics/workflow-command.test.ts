import { expect, test } from '@jest/globals';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { workflowCommand } from '../../src/diagnostics/workflow-command.js';

const MESSAGE = { severity: 'error', message: 'bad' } as const;

test.each<[string, Diagnostic, string]>([
  ['alone', MESSAGE, '::error::bad'],
  ['with its hint', { ...MESSAGE, hint: 'mend it' }, '::error::bad; mend it'],
  ['as a warning', { ...MESSAGE, severity: 'warning' }, '::warning::bad'],
  ["as a note, which is GitHub's notice", { ...MESSAGE, severity: 'note' }, '::notice::bad'],
  [
    'with its place, and object and field as title',
    { ...MESSAGE, file: 'a.yaml', line: 7, column: 3, object: 'Service a/b', field: 'spec.ports[0]' },
    '::error file=a.yaml,line=7,col=3,title=Service a/b%3A spec.ports[0]::bad',
  ],
  ['by the first of several files', { ...MESSAGE, file: 'a', files: ['a', 'b'] }, '::error file=a::bad'],
  [
    'with percent signs and ends of lines escaped in the message, and nothing else',
    { ...MESSAGE, message: '50%, a: b\r\nc' },
    '::error::50%25, a: b%0D%0Ac',
  ],
  [
    'with colons and commas escaped in the properties, too',
    { ...MESSAGE, file: 'a,b:c%\n.yaml' },
    '::error file=a%2Cb%3Ac%25%0A.yaml::bad',
  ],
  [
    'without characters that a terminal acts upon',
    { ...MESSAGE, message: '\u{1b}[2J' },
    '::error::\\u{1b}[2J',
  ],
])('a diagnostic %s is a workflow command', (_, diagnostic, command) => {
  expect(workflowCommand(diagnostic)).toBe(command);
});

test('a path is written as GitHub knows it', () => {
  const command = workflowCommand({ ...MESSAGE, file: 'a.yaml' }, (file) => `deploy/${file}`);
  expect(command).toBe('::error file=deploy/a.yaml::bad');
});
