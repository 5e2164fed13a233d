import { createHash } from 'node:crypto';
import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { mapAt } from '../../kubernetes/manifest.js';
import { changeLast } from '../../user-objects/change-object.js';
import { addObjectsOfKeys } from '../key-objects.js';
import { JOB_POD_KEYS } from './job-keys.js';
import { jobSpec } from './job-template.js';
import { MIGRATE } from './migrate-key.js';
import type { MigrationSpec } from './migration-spec.js';
import { PlainObject } from '../../kubernetes/plain-object.js';

/** Digits of the hash in the name of the Job. */
export const HASH_LENGTH = 10;

/** Adds the Job of a migration, with the name by which patches find it (see `withHashInName`). */
export function migrationJob(scope: Construct, spec: MigrationSpec | undefined): ApiObject | undefined {
  if (spec?.run !== 'job') return undefined;
  const inner = new Construct(scope, 'migrate');
  addObjectsOfKeys(inner, JOB_POD_KEYS, spec);
  const { name, namespace, labels } = spec;
  return new PlainObject(inner, 'job', {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace, labels: { ...labels } },
    spec: jobSpec(spec),
  });
}

/** Ends the name of a Job in a hash of its whole spec, which Kubernetes lets nobody change. Call it after `patches`. */
export function withHashInName(job: ApiObject): void {
  changeLast(job, (manifest) => {
    const metadata = mapAt(manifest, 'metadata');
    const name = `${String(metadata['name'])}-${hashOf(manifest['spec'])}`;
    return { ...manifest, metadata: { ...metadata, name } };
  });
}

/** A text without the hashes that end the names of migrations. They differ if any value of the spec does. */
export function withoutMigrationHashes(text: string): string {
  return text.replaceAll(HASHED_NAME, '$1');
}

const HASHED_NAME = new RegExp(`(-${MIGRATE})-[0-9a-f]{${HASH_LENGTH}}\\b`, 'g');

function hashOf(spec: unknown): string {
  return createHash('sha256').update(JSON.stringify(spec)).digest('hex').slice(0, HASH_LENGTH);
}
