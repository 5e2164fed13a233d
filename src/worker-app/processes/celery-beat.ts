import { celeryBeat, type CeleryBeat } from '../../servers/celery.js';
import { commandLine } from '../../servers/server-container.js';
import { containerVariables } from '../../kubernetes/container-variables.js';
import { envEntries } from '../../kubernetes/env-entries.js';
import { orderOfReferences } from '../../kubernetes/variable-references.js';
import type { EnvValue } from '../worker-app-props.js';

/** The keys that say which program a container starts. */
export interface Started {
  readonly command?: readonly string[] | undefined;
  readonly args?: readonly string[] | undefined;
  readonly env?: Readonly<Record<string, EnvValue>> | undefined;
}

/** The Celery beat that a container starts; undefined for every other program. */
export function beatOf({ command = [], args = [], env = {} }: Started): CeleryBeat | undefined {
  if ('cycle' in orderOfReferences(env)) return undefined;
  return celeryBeat(commandLine({ command, args, env: containerVariables(envEntries(env)) }));
}
