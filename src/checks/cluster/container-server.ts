import { textAt, textListAt } from '../../kubernetes/manifest.js';
import { commandLine, type ServerContainer } from '../../servers/server-container.js';
import { serverProcess, type ServerProcess } from '../../servers/server-process.js';
import { mountedFile, type ConfigMaps } from './mounted-file.js';
import type { Workload, WorkloadContainer } from './workload.js';

/** Returns the server that a container runs; undefined if the manifests don't show it. */
export function serverOf(
  container: WorkloadContainer,
  workload: Workload,
  configMaps: ConfigMaps,
): ServerProcess | undefined {
  return serverProcess({
    file: (path) => mountedFile(path, container, workload, configMaps),
    ...fieldsOf(container),
  });
}

/** Returns the words of a container's command line, with UNKNOWN for references that the manifests don't resolve. */
export function wordsOf(container: WorkloadContainer): string[] {
  return commandLine(fieldsOf(container));
}

function fieldsOf({ manifest, env, hasEnvFrom }: WorkloadContainer): ServerContainer {
  return {
    command: textListAt(manifest, 'command'),
    args: textListAt(manifest, 'args'),
    workingDir: textAt(manifest, 'workingDir'),
    env,
    hasEnvFrom,
  };
}
