import { isDeepStrictEqual } from 'node:util';
import { isStable } from '../../kubernetes/image-reference.js';
import { textAt, textListAt } from '../../kubernetes/manifest.js';
import { CONTAINER_KEYS } from '../../worker-app/jobs/migrate-constraints.js';
import { MIGRATE, MIGRATE_KEYS } from '../../worker-app/jobs/migrate-key.js';
import { WAIT } from '../../worker-app/jobs/wait-for-migrations.js';
import { ObjectField, type ReleaseObject } from '../release-object.js';
import type { Release } from '../release.js';
import type { Carrying } from './carry.js';
import { carryJobSpec } from './carry-processes.js';
import { putOwnValues } from './own-values.js';
import { podValues, releaseOfPods } from './pods-of.js';
import { ANNOTATIONS, hasUnscrapedPorts } from './unscraped-ports.js';

/** The migration: a Job that Helm runs as a hook, with the application's image and a command. */
export function carryMigrate(carrying: Carrying): void {
  const { release, draft } = carrying;
  const job = release.others.find((object) => isMigration(object, release));
  if (job === undefined || hasNameOfMigrate(release)) return;
  const pods = releaseOfPods(job, release);
  const values = podValues(carrying, pods, {
    entry: MIGRATE,
    name: `${String(draft.values['name'])}-${MIGRATE}`,
  });
  const { container } = pods;
  // A Job would keep its name, and not run again, if the image changes under its name.
  const isJob = isStable(container.at('image').text ?? '');
  if (isJob) {
    carryJobSpec(pods.deployment.at('spec'), values);
    // `manage.py migrate` checks itself; for other commands, no pod waits.
    if (!isManagePy([...textListAt(container.value, 'command'), ...textListAt(container.value, 'args')]))
      values.put(['check'], false);
  } else values.put(['run'], 'initContainer');
  draft.put([MIGRATE], {}, pods.deployment);
  const keys = Object.keys(MIGRATE_KEYS).filter((key) => isJob || CONTAINER_KEYS.has(key));
  putOwnValues(draft, [MIGRATE], values, keys);
  if (isJob && hasUnscrapedPorts(job, release)) {
    const target = { kind: 'Job', name: `${String(draft.values['name'])}-${MIGRATE}` };
    draft.patches.push({ target, merge: { metadata: { annotations: ANNOTATIONS } } });
  }
}

/** Rights of the pods of the hook that the web pods do not have: with `run: initContainer`, the migration has those of the web pods. */
export function lostRights(release: Release): string[] {
  const job = release.others.find((object) => isMigration(object, release));
  if (job === undefined) return [];
  const { pod } = releaseOfPods(job, release);
  return ['serviceAccountName', 'securityContext'].filter(
    (field) => !isDeepStrictEqual(pod.map[field], release.pod.map[field]),
  );
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
