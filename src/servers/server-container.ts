import { expandReferences } from '../kubernetes/variable-references.js';
import { UNKNOWN } from './words.js';

/** The fields of a container from which its server reads settings. */
export interface ServerContainer {
  readonly command: readonly string[];
  readonly args: readonly string[];
  /** Environment variables as the container sees them; undefined for values that are not known. */
  readonly env: ReadonlyMap<string, string | undefined>;
  /** Whether `envFrom` adds variables. */
  readonly hasEnvFrom: boolean;
  readonly workingDir?: string | undefined;
  /** Returns the text of a file in the container; undefined if it is not known. */
  file?(path: string): string | undefined;
}

/** Returns the words of a container's command line, with UNKNOWN for references to variables that are not known. */
export function commandLine({
  command,
  args,
  env,
}: Pick<ServerContainer, 'command' | 'args' | 'env'>): string[] {
  return [...command, ...args].map(
    (word) => expandReferences(word, (name) => env.get(name) ?? UNKNOWN) ?? UNKNOWN,
  );
}
