import { CRON_SCHEDULE, scheduleFault } from '../../kubernetes/cron-schedule.js';
import { DNS_1123_LABEL } from '../../kubernetes/text-formats.js';
import {
  booleanField,
  choiceField,
  faultTextField,
  parsedTextField,
  textField,
  UNWRITABLE,
  wholeNumberField,
} from '../../schema/fields.js';
import { key, type ResolvedKeys } from '../../schema/key.js';
import { recordGroup } from '../../schema/key-groups.js';
import { resolveKeys } from '../../schema/object-of-keys.js';
import { checkTimeZone, nearestTimeZone, TIME_ZONE } from '../../schema/time-zone.js';
import { JOBS } from '../containers/container-entries.js';
import { joinedContainers } from '../containers/joined-containers.js';
import { inherit } from '../processes/inherited-keys.js';
import { INHERITED_KEYS } from '../processes/pod-keys.js';
import { JOB_POD_KEYS, JOB_SPEC_KEYS, ONE_POD } from './job-keys.js';

/** Kubernetes adds 11 characters to the name of each Job. */
export const LONGEST_CRON_JOB = 52;

const COUNT = { min: 0, max: 2 ** 31 - 1 };

/** The fields of CronJobSpec. */
export const CRON_JOB_SPEC_KEYS = {
  schedule: key({
    required: true,
    field: () => faultTextField(CRON_SCHEDULE, scheduleFault),
    description:
      'When the job runs: minute, hour, day of month, month and day of week (0 is Sunday), or `@daily`. In `timeZone`.',
    example: '0 3 * * *',
  }),
  timeZone: key({
    field: () => parsedTextField(TIME_ZONE, checkTimeZone, nearestTimeZone),
    description: 'Time zone of `schedule`: an IANA name.',
    unset: 'that of the control plane, UTC in most clusters',
    example: 'Europe/Amsterdam',
  }),
  concurrencyPolicy: key({
    field: () => choiceField(['Allow', 'Forbid', 'Replace']),
    description:
      'What happens at a time at which the last job still runs: both run, the new one is left out, or it replaces the other.',
    unset: "Kubernetes' default: Allow",
    example: 'Forbid',
  }),
  startingDeadlineSeconds: key({
    field: () => wholeNumberField(COUNT),
    description: 'Seconds after its time in which a missed job may still start.',
    unset: 'no limit',
    example: 300,
  }),
  suspend: key({
    field: () => booleanField(),
    description: 'Whether no more jobs start.',
    unset: 'false',
    example: true,
  }),
  successfulJobsHistoryLimit: key({
    field: () => wholeNumberField(COUNT),
    description: 'Number of jobs that are kept after they have succeeded.',
    unset: "Kubernetes' default: 3",
    example: 1,
  }),
  failedJobsHistoryLimit: key({
    field: () => wholeNumberField(COUNT),
    description: 'Number of jobs that are kept after they have failed.',
    unset: "Kubernetes' default: 1",
    example: 3,
  }),
};

const KEYS = {
  ...CRON_JOB_SPEC_KEYS,
  ...JOB_POD_KEYS,
  ...JOB_SPEC_KEYS,
  name: key({
    field: () => textField({ ...DNS_1123_LABEL, maxLength: LONGEST_CRON_JOB }),
    description: `Name of the CronJob, at most ${LONGEST_CRON_JOB} characters; also the label \`app.kubernetes.io/name\` of its pods. Set it to take over a live CronJob.`,
    unset: '`<name>-<job>`',
    example: 'shop-cleanup',
  }),
};

type AllKeys = typeof KEYS;

/** The keys of an entry of `cronJobs`. An interface, whose name stands for its many types in declarations. */
// eslint-disable-next-line typescript/no-empty-object-type
export interface CronJobKeys extends AllKeys {}

export const CRON_JOB_KEYS: CronJobKeys = KEYS;

/** A cron job with every default filled in. */
// eslint-disable-next-line typescript/no-empty-object-type
export interface ResolvedCronJob extends ResolvedKeys<CronJobKeys> {}

export const cronJobs = recordGroup({
  type: 'WorkerAppCronJob',
  entry: 'A job of the application that runs at set times: a CronJob.',
  description:
    "Jobs that run at set times, by name: each is a CronJob `<name>-<job>`, with the application's image. It takes over the same keys as `processes`, and merges its own over them in the same way. Its pods do not restart (`podSpec: { restartPolicy: OnFailure }` changes that): Kubernetes starts others, up to `backoffLimit`.",
  unset: 'none',
  names: DNS_1123_LABEL,
  reserved: UNWRITABLE,
  entries: CRON_JOB_KEYS,
  example: { cleanup: { schedule: '0 3 * * *', command: ['python', 'manage.py', 'clearsessions'] } },
  resolve: (own, name, application): ResolvedCronJob =>
    resolveKeys(
      CRON_JOB_KEYS,
      {
        container: name,
        ...inherit(INHERITED_KEYS, application as Readonly<Record<string, unknown>>, own),
        ...joinedContainers(JOBS, application, own),
      },
      ONE_POD,
    ),
});
