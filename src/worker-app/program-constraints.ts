import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import type { FieldPath } from '../diagnostics/field-path.js';
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

/** Warnings about command lines that only Docker runs: it reads an empty ENTRYPOINT as none. */
export function dockerNotes(pods: Pods): FieldDiagnostic[] {
  return [...emptyProgram([], pods, true), ...containersWithout(pods, true)].map((problem) => ({
    severity: 'warning',
    ...problem,
  }));
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
