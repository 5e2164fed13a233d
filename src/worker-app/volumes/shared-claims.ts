import { userVolumes, type Volumes } from './user-volumes.js';
import { areOnOneNode, type Placed } from './one-node.js';

/** Pods of a process or job that may mount a claim of the application. */
export interface OtherPods extends Placed {
  /** `processes.worker` */
  readonly who: string;
  readonly volumes?: Volumes | undefined;
}

/** The other pods that mount a claim of the application. */
export function mountingPods(volume: string, others: readonly OtherPods[]): OtherPods[] {
  return others.filter(({ volumes }) =>
    userVolumes(volumes).some(({ name, claim }) => name === volume && claim !== undefined),
  );
}

/** The other pods that mount a claim of the application, unless they are all on the node of the web pods. */
export function sharingPods(volume: string, web: Placed, others: readonly OtherPods[]): OtherPods[] {
  const sharing = mountingPods(volume, others);
  return areOnOneNode(web) && sharing.every((pods) => areOnOneNode(pods)) ? [] : sharing;
}

/** `processes.worker and processes.beat mount it, too` */
export function mountToo(pods: readonly OtherPods[]): string {
  const names = pods.map(({ who }) => who);
  return `${names.join(' and ')} ${names.length === 1 ? 'mounts' : 'mount'} it, too`;
}
