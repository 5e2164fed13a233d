import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import { inspect } from '../diagnostics/expected.js';
import type { FieldPath } from '../diagnostics/field-path.js';
import { isLauncher, nameOf } from '../servers/launchers.js';
import { isServer } from '../servers/server-options.js';
import { splitWords } from '../servers/words.js';
import { containerEntries } from './containers/container-entries.js';
import type { PodConstraint, PodValues } from './pod-values.js';

/** The constraints of the command lines of all containers. */
export const PROGRAM_CONSTRAINTS: readonly PodConstraint[] = [
  { reads: ['command', 'args', 'check'], problems: emptyPrograms },
  {
    reads: [],
    ofEach: ['initContainers', 'sidecars'],
    problems: ({ initContainers, sidecars }) => containersWithout({ initContainers, sidecars }, false),
  },
];

/** Warnings about command lines that only Docker runs, as it reads an empty ENTRYPOINT as none, and about those in one word. */
export function programNotes(pods: Pods): FieldDiagnostic[] {
  return [
    ...emptyProgram([], pods, true),
    ...containersWithout(pods, true),
    ...programWithArguments([], pods),
    ...containerEntries(pods).flatMap(({ path, container }) => programWithArguments(path, container)),
  ].map((problem) => ({ severity: 'warning', ...problem }));
}

/** Programs that are not paths to a file with a space in its name. */
const PROGRAMS = new Set(['celery', 'node', 'rq', 'dramatiq', 'huey_consumer', 'nginx']);

/** A command line in one word: the kubelet looks for a program with this name, spaces included. */
function programWithArguments(place: FieldPath, { command }: CommandLine): FieldDiagnostic[] {
  const [program, ...more] = command ?? [];
  if (program === undefined) return [];
  const [, first = '', rest] = /^\s*(\S+)\s+(\S.*)$/s.exec(program) ?? [];
  const name = nameOf(first);
  const isMeant = isServer(name) || isLauncher(name) || PROGRAMS.has(name) || !program.includes('/');
  if (rest === undefined || !isMeant) return [];
  const isPlain = !/["'\\$&|;<>()`*?~\n]/.test(program);
  const words = isPlain ? [...splitWords(program), ...more] : ['sh', '-c', program, ...more];
  const message = `a container starts the program with exactly this name, and there is none ${inspect(program)}`;
  const hint = `write each word as an item: ${JSON.stringify(words)}`;
  return [{ path: [...place, 'command', 0], message, hint }];
}

type Words = readonly string[] | null | undefined;
interface CommandLine {
  readonly command?: Words;
  readonly args?: Words;
}
type Pods = CommandLine & Pick<PodValues, 'initContainers' | 'sidecars'>;

function emptyPrograms({
  check,
  ...pods
}: CommandLine & { readonly check?: Words | false }): FieldDiagnostic[] {
  const ofCheck = check === false ? [] : emptyProgram([], { command: check }, false);
  return [
    ...emptyProgram([], pods, false),
    ...ofCheck.map((problem) => ({ ...problem, path: ['check', 0] })),
  ];
}

function containersWithout(
  pods: Pick<Pods, 'initContainers' | 'sidecars'>,
  byDocker: boolean,
): FieldDiagnostic[] {
  return containerEntries(pods).flatMap(({ path, container }) => emptyProgram(path, container, byDocker));
}

/**
 * No container starts without the name of a program: "no such file". @see LookPath of Go, which runc calls
 * @param byDocker looks for the command lines that Docker runs, instead of those that nothing runs
 */
function emptyProgram(
  place: FieldPath,
  { command, args }: CommandLine,
  byDocker: boolean,
): FieldDiagnostic[] {
  const [program, ...words] = command ?? [];
  const runsArguments = words.length === 0 && (args ?? []).length > 0;
  if (program !== '' || runsArguments !== byDocker) return [];
  const message = byDocker
    ? 'only Docker runs args as the command then; with containerd and CRI-O the container does not start'
    : 'the name of the program is empty, and the container does not start';
  const hint = byDocker ? 'write the words of args into command' : 'write the program, or remove command';
  return [{ path: [...place, 'command', 0], message, hint }];
}
