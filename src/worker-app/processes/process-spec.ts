import type { ApplicationContext, PodContext } from '../key.js';
import type { ResolvedWorkerApp } from '../keys/index.js';
import { podNumbers } from '../scale/pod-numbers.js';
import { podContext, type Owner } from './pod-context.js';
import { processPorts, type ProcessPorts } from './process-ports.js';
import type { ResolvedProcess } from './processes-key.js';

/** A process with every default and every computed value. Its objects are built from it. */
export interface ProcessSpec
  extends Omit<ResolvedProcess, 'name' | 'ports' | 'container'>, Omit<PodContext, 'volumes'> {
  readonly endpoints: ProcessPorts;
}

export function processSpecs(
  app: ResolvedWorkerApp,
  application: ApplicationContext,
): Readonly<Record<string, ProcessSpec>> | undefined {
  return (
    app.processes &&
    Object.fromEntries(
      Object.entries(app.processes).map(([process, resolved]) => [
        process,
        processSpec(process, resolved, { ...app, application }),
      ]),
    )
  );
}

function processSpec(process: string, resolved: ResolvedProcess, owner: Owner): ProcessSpec {
  const { ports: _ports, ...rest } = resolved;
  const context = podContext(process, resolved, owner);
  return {
    ...rest,
    ...context,
    volumes: rest.volumes,
    selector: resolved.selectorLabels ?? context.selector,
    pods: podNumbers(resolved),
    endpoints: processPorts(resolved),
  };
}
