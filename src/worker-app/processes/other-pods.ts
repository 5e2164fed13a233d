import type { OtherPods } from '../volumes/shared-claims.js';
import type { ProcessSpec } from './process-spec.js';

/** The pods of processes, which may mount the claims of the application. */
export function otherPods(processes: readonly (readonly [string, ProcessSpec])[]): OtherPods[] {
  return processes
    .filter(([, { pods }]) => pods.most !== 0)
    .map(([name, process]) => ({ who: `processes.${name}`, ...process }));
}
