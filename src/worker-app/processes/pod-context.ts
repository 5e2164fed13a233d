import { appLabels } from '../../kubernetes/app-labels.js';
import { PART_OF_LABEL } from '../../kubernetes/labels.js';
import type { PodContext } from '../key.js';
import { INHERITED_KEYS } from './pod-keys.js';

/** The values of an application that its processes and jobs need. */
export interface Owner extends Pick<PodContext, 'application' | 'namespace'> {
  readonly instance: string;
  /** Additional labels of every object and pod. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

/** The keys of a process or job from which names and labels are made. */
interface NamedPods extends Pick<PodContext, 'runAsUser' | 'volumes'> {
  readonly image: string;
  readonly name?: string | undefined;
  readonly container?: string | undefined;
}

/**
 * The names and labels of the pods of a process or job: one pod, selected by its name and instance.
 *
 * @param entry the name of the process or job in the values
 */
export function podContext(entry: string, pods: NamedPods, owner: Owner): PodContext {
  const { application, namespace, instance } = owner;
  const { image, runAsUser, volumes, name = `${application.name}-${entry}`, container = entry } = pods;
  const labels = { ...owner.labels, [PART_OF_LABEL]: application.name };
  return {
    name,
    namespace,
    ...appLabels({ name, instance, image, labels }),
    container,
    pods: { fewest: 1, most: 1 },
    runAsUser,
    volumes,
    application,
    ownKeys: ownKeys(pods, owner),
  };
}

/** The inherited keys of which a process or job does not have the application's value. */
function ownKeys(pods: object, application: object): ReadonlySet<string> {
  const [own, inherited] = [pods, application] as unknown as [Values, Values];
  return new Set(Object.keys(INHERITED_KEYS).filter((name) => own[name] !== inherited[name]));
}

type Values = Readonly<Record<string, unknown>>;
