import { NAME_LABEL, INSTANCE_LABEL } from '../../kubernetes/labels.js';
import { textsAt } from '../../kubernetes/manifest.js';
import { CRON_JOB_KEYS, CRON_JOB_SPEC_KEYS } from '../../worker-app/jobs/cron-jobs-key.js';
import { JOB_SPEC_KEYS } from '../../worker-app/jobs/job-keys.js';
import { PROCESS_KEYS } from '../../worker-app/processes/process-keys.js';
import type { Draft } from '../draft.js';
import { nameOf, ObjectField, type ReleaseObject } from '../release-object.js';
import type { Release } from '../release.js';
import { isOnlyScraped } from '../monitors.js';
import { leadsTo } from '../selects.js';
import type { Carrying } from './carry.js';
import { carrySelector } from './carry-names.js';
import { leftOut } from './carry-others.js';
import { carryOwnProbes } from './carry-probes.js';
import { carryScale } from './carry-scale.js';
import { entryName } from './entry-name.js';
import { putOwnValues } from './own-values.js';
import { checkedManifest } from './unscraped-ports.js';
import { podValues, releaseOfPods } from './pods-of.js';

/** The other Deployments of the release that no Service leads to, such as Celery workers. */
export function carryProcesses(carrying: Carrying): void {
  carryEntries(carrying, 'processes', 'Deployment', (pods, draft, name) => {
    carryScale({ ...carrying, release: pods, draft });
    carryOwnProbes({ ...carrying, release: pods, draft });
    carrySelector(pods, draft, {
      [NAME_LABEL]: name,
      [INSTANCE_LABEL]: carrying.draft.at('instance') ?? carrying.draft.at('name'),
    });
  });
}

/** The CronJobs of the release. */
export function carryCronJobs(carrying: Carrying): void {
  carryEntries(carrying, 'cronJobs', 'CronJob', ({ deployment }, draft) => {
    const spec = deployment.at('spec');
    for (const field of Object.keys(CRON_JOB_SPEC_KEYS)) draft.copy([field], spec.at(field));
    carryJobSpec(spec.at('jobTemplate', 'spec'), draft);
  });
}

/** The fields of the spec of a Job. */
export function carryJobSpec(spec: ObjectField, draft: Draft): void {
  for (const field of Object.keys(JOB_SPEC_KEYS)) draft.copy([field], spec.at(field));
  const restart = spec.at('template', 'spec', 'restartPolicy');
  if (restart.isSet && restart.value !== 'Never') draft.copy(['podSpec', 'restartPolicy'], restart);
}

const ENTRY_KEYS = { processes: PROCESS_KEYS, cronJobs: CRON_JOB_KEYS };

/** Makes an entry of each object of a kind. @param carry the keys that not all pods have */
function carryEntries(
  carrying: Carrying,
  key: keyof typeof ENTRY_KEYS,
  kind: string,
  carry: (pods: Release, draft: Draft, name: string) => void,
): void {
  const { release, draft, kept } = carrying;
  const application = String(draft.values['name']);
  for (const object of release.others) {
    if (object.manifest['kind'] !== kind || kept.has(object) || !isOwn(object, release)) continue;
    const pods = releaseOfPods(object, release);
    const name = nameOf(pods.deployment);
    const entry = entryName(name, application, new Set(draft.under(key).map((other) => other.name)));
    const values = podValues(carrying, pods, { entry, name });
    values.copy(['lifecycle'], pods.container.at('lifecycle'));
    if (name !== `${application}-${entry}`) values.copy(['name'], pods.deployment.at('metadata', 'name'));
    if (pods.container.map['name'] !== entry) values.copy(['container'], pods.container.at('name'));
    carry(pods, values, name);
    draft.put([key, entry], {}, pods.deployment);
    putOwnValues(draft, [key, entry], values, Object.keys(ENTRY_KEYS[key]));
    for (const made of [pods.deployment, pods.autoscaler, pods.budget])
      if (made !== undefined) draft.made.set(made.object, checkedManifest(made.object, release));
  }
}

/** Whether it is part of the release and in its namespace, and no Service leads clients to the pods of a Deployment. */
function isOwn(object: ReleaseObject, release: Release): boolean {
  const namespaceOf = (field: ObjectField) => field.at('metadata', 'namespace').text;
  const namespace = namespaceOf(new ObjectField(object));
  return (
    leftOut(object) === undefined &&
    (namespace === undefined || namespace === namespaceOf(release.deployment)) &&
    serviceOf(object, release) === undefined
  );
}

/** The Service that leads clients to the pods of a Deployment. One that only Prometheus uses stays in `objects`. */
export function serviceOf(object: ReleaseObject, release: Release): ReleaseObject | undefined {
  if (object.manifest['kind'] !== 'Deployment') return undefined;
  const { template } = releaseOfPods(object, release);
  const others = release.others.map((other) => new ObjectField(other));
  const services = [...others, ...(release.service === undefined ? [] : [release.service])];
  return services.find(
    (service) =>
      service.map['kind'] === 'Service' &&
      Object.keys(textsAt(service.value, 'spec', 'selector')).length > 0 &&
      leadsTo(service, template) &&
      !isOnlyScraped(service),
  )?.object;
}
