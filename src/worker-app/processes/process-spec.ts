import { appLabels } from '../../kubernetes/app-labels.js';
import { PART_OF_LABEL } from '../../kubernetes/labels.js';
import type { ApplicationContext, PodContext } from '../key.js';
import type { ResolvedWorkerApp } from '../keys/index.js';
import { INHERITED_KEYS } from './process-keys.js';
import { podNumbers } from '../scale/pod-numbers.js';
import { processPorts, type ProcessPorts } from './process-ports.js';
import type { ResolvedProcess } from './processes-key.js';

/** A process with every default and every computed value. Its objects are built from it. */
export interface ProcessSpec
  extends Omit<ResolvedProcess, 'name' | 'ports' | 'container'>, Omit<PodContext, 'volumes'> {
  readonly endpoints: ProcessPorts;
}

/** The values of an application that its processes and jobs need. */
interface Owner extends Pick<PodContext, 'application' | 'namespace'> {
  readonly instance: string;
  /** Additional labels of every object and pod. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
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
  const { name = objectName(owner.application.name, process), ports: _ports, ...rest } = resolved;
  const labels = podLabels(name, rest.image, owner);
  return {
    ...rest,
    name,
    namespace: owner.namespace,
    labels: labels.labels,
    selector: resolved.selectorLabels ?? labels.selector,
    container: rest.container ?? process,
    pods: podNumbers(resolved),
    endpoints: processPorts(resolved),
    application: owner.application,
    ownKeys: ownKeys(resolved, owner),
  };
}

/** Name of the objects of a process or job. */
export function objectName(application: string, process: string): string {
  return `${application}-${process}`;
}

/** Labels of a process or job. The labels of the web pods are never among them. */
export function podLabels(name: string, image: string, { application, instance, labels = {} }: Owner) {
  return appLabels({ name, instance, image, labels: { ...labels, [PART_OF_LABEL]: application.name } });
}

/** The inherited keys of which a process or job does not have the application's value. */
function ownKeys(resolved: object, application: object): ReadonlySet<string> {
  const [values, inherited] = [resolved, application] as readonly Readonly<Record<string, unknown>>[];
  return new Set(Object.keys(INHERITED_KEYS).filter((name) => values?.[name] !== inherited?.[name]));
}
