import type { ApplicationContext, PodContext } from '../key.js';
import type { ResolvedWorkerApp } from '../keys/index.js';
import { podContext } from '../processes/pod-context.js';
import type { ResolvedCronJob } from './cron-jobs-key.js';

/** A cron job with every default and every computed value. Its objects are built from it. */
export interface CronJobSpec
  extends Omit<ResolvedCronJob, 'name' | 'container'>, Omit<PodContext, 'volumes'> {}

export function cronJobSpecs(
  app: ResolvedWorkerApp,
  application: ApplicationContext,
): Readonly<Record<string, CronJobSpec>> | undefined {
  return (
    app.cronJobs &&
    Object.fromEntries(
      Object.entries(app.cronJobs).map(([name, resolved]) => [
        name,
        { ...resolved, ...podContext(name, resolved, { ...app, application }) },
      ]),
    )
  );
}
