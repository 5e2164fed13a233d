import type { Command, Option } from 'commander';
import { COMMANDS } from '../../src/cli/commands.js';
import { workerMetricsProgram } from '../../src/cli/program.js';
import { Workplace } from './command-line.js';

let commands: readonly Command[] = [];
beforeAll(async () => {
  ({ commands } = await workerMetricsProgram(COMMANDS, {}, () => {}));
});

/** Options that several commands have: each has one letter, one kind of value and one description. */
const SHARED: readonly (readonly [long: string, flags: string, description: RegExp])[] = [
  [
    '--values',
    '-f, --values <path>',
    /^values file, or folder of values files, - for standard input; repeatable/,
  ],
  ['--set', '--set <name.key=value>', /^value for this run only/],
  ['--quiet', '-q, --quiet', /^print problems only$/],
  ['--prune', '--prune', /^delete every manifest that is not in this run/],
  ['--dry-run', '--dry-run', /^show what would change; change nothing$/],
];

const FORMATS = [
  'text (lines for people)',
  'json (one JSON document)',
  'github (problems as annotations of a pull request on GitHub)',
  'markdown (a comment for a pull request on GitHub)',
];

const OUTPUTS = [
  ['-o, --output <folder>', 'folder of the manifests'],
  ['-o, --output <folder>', 'folder of the manifests, - for standard output'],
  ['-o, --output <file>', 'file to write, - for standard output'],
  ['-o, --output <file>', ''], // hidden: the command prints its result, and says so
];

test.each(SHARED)('%s has one meaning in every command', (long, flags, description) => {
  const given = commands.flatMap((command) => {
    const option = optionOf(command, long);
    return option === undefined ? [] : [[command.name(), option.flags, option.description]];
  });
  const [[, , first = ''] = []] = given;

  expect(first).toMatch(description);
  expect(given).toEqual(given.map(([name]) => [name, flags, first]));
});

test('every command writes to a folder or a file with --output, or says that it prints its result', () => {
  // init writes a project, to a folder that is its argument.
  for (const command of commands.filter((each) => each.name() !== 'init')) {
    const { flags, description } = optionOf(command, '--output') ?? {};
    expect([command.name(), ...OUTPUTS]).toContainEqual([flags, description]);
  }
});

test('every command gives --format its one meaning, and explains each of its choices', () => {
  expect(commands.map((command) => command.name())).toContain('synth');
  for (const command of commands) {
    const { flags, argChoices = [], description = '', defaultValue } = optionOf(command, '--format') ?? {};
    const explained = [...description.matchAll(/(\w+) \(([^)]+)\)/g)];
    expect([command.name(), flags, defaultValue, ...explained.map(([, choice]) => choice)]).toEqual([
      command.name(),
      '--format <format>',
      'text',
      ...argChoices,
    ]);
    for (const [whole] of explained) expect([command.name(), ...FORMATS]).toContain(whole);
  }
});

test('a letter is the short form of one option only', () => {
  const long = new Map<string, string>();
  for (const { options } of commands)
    for (const option of options) {
      if (option.short === undefined) continue;
      expect([option.short, long.get(option.short) ?? option.long]).toEqual([option.short, option.long]);
      long.set(option.short, option.long ?? '');
    }
  expect([...long.keys()].toSorted()).toEqual(['-f', '-n', '-o', '-q', '-y']);
});

describe('--output', () => {
  test.each([['explain shop'], ['costs'], ['trace']])('json of %s names --format json', async (command) => {
    expect(await run(...command.split(' '), '-o', 'json')).toEqual({
      exitCode: 1,
      stdout: '',
      stderr:
        "error: option '-o, --output <file>' argument 'json' is invalid. This command prints its result on standard output; --format json prints it as JSON.\n",
    });
  });

  test.each([
    ['diff', 2],
    ['publish --repo none --branch main', 1],
  ])('- of %s is refused: it reads a folder', async (command, exitCode) => {
    const ran = await run(...command.split(' '), '-o', '-');
    expect([ran.exitCode, ran.stdout]).toEqual([exitCode, '']);
    expect(ran.stderr).toMatch(
      /^error: option '-o, --output <folder>' argument '-' is invalid\. This command reads the manifests in a folder\.\n$/,
    );
  });
});

function optionOf({ options }: Command, long: string): Option | undefined {
  return options.find((option) => option.long === long);
}

async function run(...args: string[]) {
  const place = new Workplace();
  try {
    return await place.runInside(...args);
  } finally {
    place.remove();
  }
}
