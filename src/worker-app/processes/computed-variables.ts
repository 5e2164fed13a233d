import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import type { FieldPath } from '../../diagnostics/field-path.js';
import { dependents } from '../../kubernetes/variable-references.js';
import type { ContainerEntry } from '../../kubernetes-shapes/types.js';
import { containerEntries } from '../containers/container-entries.js';
import { missingComputed } from '../keys/env.js';
import type { PodConstraint, PodValues } from '../pod-values.js';

/** Init containers and sidecars do not get the computed variables of the workers. */
export const CONTAINER_VARIABLE_CONSTRAINTS: readonly PodConstraint[] = [
  { reads: ['env', 'envFrom'], ofEach: ['initContainers', 'sidecars'], problems: missingInContainers },
];

/** Processes and jobs do not get them either. */
export const COMPUTED_VARIABLE_CONSTRAINTS: readonly PodConstraint[] = [
  { reads: ['env', 'envFrom', 'command', 'args', 'check'], problems: missingInPods },
  ...CONTAINER_VARIABLE_CONSTRAINTS,
];

type Pods = Pick<PodValues, 'env' | 'envFrom' | 'command' | 'args' | 'initContainers' | 'sidecars'> & {
  /** Of a migration. */
  readonly check?: readonly string[] | false | undefined;
};

function missingInPods({ env = {}, envFrom = [], command, args, check }: Pods): FieldDiagnostic[] {
  return missingVariables({
    env,
    pathOf: (name) => ['env', name],
    hasEnvFrom: envFrom.length > 0,
    commandLines: { command, args, check: check === false ? undefined : check },
    owner: 'the web pods',
  });
}

function missingInContainers(pods: Pods): FieldDiagnostic[] {
  return containerEntries(pods).flatMap(({ path, container }) => {
    const { image, env: own = [], envFrom = [], command, args } = withoutNulls(container);
    const shared: Pick<Partial<Pods>, 'env' | 'envFrom'> = image === undefined ? pods : {};
    return missingVariables({
      env: { ...shared.env, ...Object.fromEntries(own.map(({ name, value }) => [name, value])) },
      pathOf: (variable) => {
        const index = own.findLastIndex(({ name }) => name === variable);
        return index === -1 ? undefined : ['env', index, 'value'];
      },
      hasEnvFrom: [...envFrom, ...(shared.envFrom ?? [])].length > 0,
      commandLines: { command, args },
      owner: "the application's container",
    }).map((problem) => ({ ...problem, path: [...path, ...problem.path] }));
  });
}

/** In Kubernetes' form, null is no value. */
function withoutNulls(container: ContainerEntry): ContainerEntry {
  return Object.fromEntries(Object.entries(container).filter(([, value]) => value !== null));
}

/** A container without computed variables. */
interface Container {
  readonly env: Readonly<Record<string, unknown>>;
  /** The place of a variable; undefined if it is not set here. */
  pathOf(variable: string): FieldPath | undefined;
  readonly hasEnvFrom: boolean;
  /** The lists of words in which Kubernetes expands references, by their keys. */
  readonly commandLines: Readonly<Record<string, readonly string[] | undefined>>;
  /** The containers that get the computed variables. */
  readonly owner: string;
}

/** Variables and words that refer to a computed variable, also through other variables. */
function missingVariables({ env, pathOf, hasEnvFrom, commandLines, owner }: Container): FieldDiagnostic[] {
  const problems = missingComputed(env).flatMap((computed) => {
    const variables = dependents(env, [computed]);
    // Kubernetes expands variables of envFrom in command lines, but not in env.
    const words = hasEnvFrom ? [] : wordsWith(commandLines, [computed, ...variables]);
    const places = [...[...variables].flatMap((name) => [pathOf(name) ?? []]), ...words];
    return places.filter(({ length }) => length > 0).map((path) => missing(path, computed, owner));
  });
  return [...new Map(problems.map((problem) => [problem.path.join(' '), problem])).values()];
}

/** The places of the words that refer to a variable. */
function wordsWith(commandLines: Container['commandLines'], variables: readonly string[]): FieldPath[] {
  return Object.entries(commandLines).flatMap(([key, words]) =>
    [...dependents({ ...words }, variables)].map((index) => [key, Number(index)]),
  );
}

function missing(path: FieldPath, computed: string, owner: string): FieldDiagnostic {
  const message = `refers to ${computed}, which is computed for ${owner} alone`;
  const value = computed === 'WEB_CONCURRENCY' ? 'the number' : 'the value';
  return { path, message, hint: `set ${computed} in the env beside it, or write ${value}` };
}
