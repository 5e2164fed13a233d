import { isDeepStrictEqual } from 'node:util';
import { isStable } from '../../kubernetes/image-reference.js';
import { isMap, textAt, textListAt, textsAt } from '../../kubernetes/manifest.js';
import { JOB_SPEC_KEYS } from '../../worker-app/jobs/job-keys.js';
import { MIGRATE } from '../../worker-app/jobs/migrate-key.js';
import { WAIT } from '../../worker-app/jobs/wait-for-migrations.js';
import { ObjectField, type ReleaseObject } from '../release-object.js';
import type { Release } from '../release.js';
import type { Carrying } from './carry.js';
import { sourcesOf, valueOf, variablesOf } from './carry-env.js';
import { resourcesOf } from './carry-resources.js';
import { volumesOf } from './carry-volumes.js';

/** Fields of JobSpec that `migrate` has. */
const { ttlSecondsAfterFinished: _, ...SPEC } = JOB_SPEC_KEYS;

/** The migration: a Job that Helm runs as a hook, with the application's image and a command. */
export function carryMigrate(carrying: Carrying): void {
  const { release, draft } = carrying;
  const job = release.others.find((object) => isMigration(object, release));
  if (job === undefined || hasNameOfMigrate(release)) return;
  const container = containerOf(job);
  draft.put([MIGRATE], {}, new ObjectField(job));
  for (const field of ['command', 'args']) draft.copy([MIGRATE, field], container.at(field));
  setVariables(carrying, container);
  const resources = container.at('resources');
  draft.put([MIGRATE, 'resources'], resourcesOf(resources), resources);
  // A Job would keep its name, and not run again, if the image changes under its name.
  if (isStable(container.at('image').text ?? '')) setJob(carrying, job, container);
  else draft.put([MIGRATE, 'run'], 'initContainer');
}

/** The fields of the Job and its pods. */
function setJob({ release, draft }: Carrying, job: ReleaseObject, container: ObjectField): void {
  // `manage.py migrate` checks itself; for other commands, no pod waits.
  if (!isManagePy([...textListAt(container.value, 'command'), ...textListAt(container.value, 'args')]))
    draft.put([MIGRATE, 'check'], false);
  // Its pods have `labels`, by which the Deployment must not select them.
  const [label] = Object.entries(textsAt(release.deployment.value, 'spec', 'selector', 'matchLabels'));
  if (label !== undefined && draft.at('labels', label[0]) === label[1])
    draft.put([MIGRATE, 'podLabels', label[0]], `${label[1]}-migrate`);
  const spec = new ObjectField(job).at('spec');
  for (const field of Object.keys(SPEC)) draft.copy([MIGRATE, field], spec.at(field));
  const volumes = new Map(volumesOf(spec.at('template', 'spec'), container));
  for (const name of Object.keys(mapIn(draft.at('volumes'))))
    if (!volumes.has(name)) draft.put([MIGRATE, 'volumes', name], null);
  for (const [name, [value, from]] of volumes)
    if (!isDeepStrictEqual(draft.at('volumes', name), value))
      draft.put([MIGRATE, 'volumes', name], value, from);
}

/** The variables of the Job, which inherits those of the application. */
function setVariables({ draft }: Carrying, container: ObjectField): void {
  const variables = variablesOf(container);
  for (const name of Object.keys(mapIn(draft.at('env'))))
    if (!variables.has(name)) draft.put([MIGRATE, 'env', name], null);
  for (const [name, field] of variables) {
    const [value, from] = valueOf(field);
    if (!isDeepStrictEqual(draft.at('env', name), value)) draft.put([MIGRATE, 'env', name], value, from);
  }
  const sources = sourcesOf(container);
  if (!isDeepStrictEqual(draft.at('envFrom'), sources))
    draft.put([MIGRATE, 'envFrom'], sources ?? null, container.at('envFrom'));
}

function mapIn(value: unknown): object {
  return isMap(value) ? value : {};
}

/** Whether a container of the web pods has the name of one of `migrate`. */
function hasNameOfMigrate({ pod }: Release): boolean {
  return ['containers', 'initContainers']
    .flatMap((list) => pod.at(list).items)
    .some(({ map }) => map['name'] === MIGRATE || map['name'] === WAIT);
}

/** Whether an object is the Job that becomes `migrate`. */
export function isMigration(object: ReleaseObject, { container: application }: Release): boolean {
  const { manifest } = object;
  const pod = new ObjectField(object).at('spec', 'template', 'spec');
  const container = containerOf(object);
  const hook = textAt(manifest, 'metadata', 'annotations', 'helm.sh/hook') ?? '';
  return (
    manifest['kind'] === 'Job' &&
    /(pre|post)-(install|upgrade)/.test(hook) &&
    pod.at('containers').items.length === 1 &&
    !pod.at('initContainers').isSet &&
    container.at('image').value === application.at('image').value &&
    container.at('command').items.length > 0
  );
}

function containerOf(object: ReleaseObject): ObjectField {
  return new ObjectField(object).at('spec', 'template', 'spec', 'containers', 0);
}

function isManagePy(words: readonly string[]): boolean {
  const at = words.findIndex((word) => /(^|\/)manage\.py$/.test(word));
  return at !== -1 && words[at + 1] === 'migrate';
}
