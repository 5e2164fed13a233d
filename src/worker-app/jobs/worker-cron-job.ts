import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { addObjectsOfKeys } from '../key-objects.js';
import { claimsAmong } from '../volumes/claims.js';
import type { CronJobSpec } from './cron-job-spec.js';
import { CRON_JOB_SPEC_KEYS } from './cron-jobs-key.js';
import { JOB_POD_KEYS } from './job-keys.js';
import type { CronJobObjects } from './job-objects.js';
import { jobSpec, picked } from './job-template.js';
import { PlainObject } from '../../kubernetes/plain-object.js';

/** A job of a WorkerApp that runs at set times: a CronJob. */
export class WorkerCronJob extends Construct implements CronJobObjects {
  readonly cronJob: ApiObject;
  readonly serviceAccount: ApiObject | undefined;
  readonly role: ApiObject | undefined;
  readonly roleBinding: ApiObject | undefined;
  readonly files: ApiObject | undefined;
  readonly claims: Readonly<Record<string, ApiObject>>;

  constructor(scope: Construct, id: string, spec: CronJobSpec) {
    super(scope, id);
    const ofKeys = addObjectsOfKeys(this, JOB_POD_KEYS, spec);
    const { name, namespace, labels } = spec;
    this.cronJob = new PlainObject(this, 'cron-job', {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name, namespace, labels: { ...labels } },
      spec: {
        ...picked(CRON_JOB_SPEC_KEYS, spec),
        jobTemplate: { metadata: { labels: { ...labels } }, spec: jobSpec(spec) },
      },
    });
    this.serviceAccount = ofKeys['service-account'];
    this.role = ofKeys['role'];
    this.roleBinding = ofKeys['role-binding'];
    this.files = ofKeys['files'];
    this.claims = claimsAmong(ofKeys);
  }
}
