import type { ContainerEntry } from '../../kubernetes-shapes/types.js';
import { containersIn } from './container-entries.js';

type Containers = Readonly<Record<string, ContainerEntry>>;

/** The values of an application, or of a process or job. */
interface WithContainers {
  readonly initContainers?: Containers;
  readonly sidecars?: Containers;
}

/**
 * `initContainers` and `sidecars` of a process or job: those of the application whose `in` names it, then its own.
 *
 * @param place `jobs`, or the name of the process
 */
export function joinedContainers(
  place: string,
  application: WithContainers,
  own: WithContainers,
): WithContainers {
  return {
    ...joined('initContainers', place, application, own),
    ...joined('sidecars', place, application, own),
  };
}

function joined(
  key: keyof WithContainers,
  place: string,
  application: WithContainers,
  own: WithContainers,
): WithContainers {
  const all = { ...withoutPlaces(containersIn(application[key], place)), ...own[key] };
  return Object.keys(all).length > 0 ? { [key]: all } : {};
}

function withoutPlaces(containers: Containers): Containers {
  return Object.fromEntries(
    Object.entries(containers).map(([name, { in: _in, ...container }]) => [name, container]),
  );
}
