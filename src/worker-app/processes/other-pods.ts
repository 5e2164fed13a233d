import type { PodNumbers } from '../scale/pod-numbers.js';
import type { OtherPods } from '../volumes/shared-claims.js';

type ByName<T> = Readonly<Record<string, T>> | undefined;

interface WithOtherPods {
  readonly processes?: ByName<Omit<OtherPods, 'who'> & { readonly pods: PodNumbers }>;
  readonly cronJobs?: ByName<Omit<OtherPods, 'who'>>;
  readonly migrate?: (Omit<OtherPods, 'who'> & { readonly run: string }) | undefined;
}

/** The pods of processes and jobs, which may mount the claims of the application. */
export function otherPods({ processes = {}, cronJobs = {}, migrate }: WithOtherPods): OtherPods[] {
  return [
    ...Object.entries(processes)
      .filter(([, { pods }]) => pods.most !== 0)
      .map(([name, process]) => ({ ...process, who: `processes.${name}` })),
    ...Object.entries(cronJobs).map(([name, job]) => ({ ...job, who: `cronJobs.${name}` })),
    ...(migrate === undefined || migrate.run === 'initContainer' ? [] : [{ ...migrate, who: 'migrate' }]),
  ];
}
