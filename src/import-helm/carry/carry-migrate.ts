import { isDeepStrictEqual } from 'node:util';
import { textAt, textListAt, textsAt } from '../../kubernetes/manifest.js';
import { ObjectField, type ReleaseObject } from '../release-object.js';
import type { Release } from '../release.js';
import type { Carrying } from './carry.js';
import { valueOf } from './carry-env.js';

/** The migration: a Job that Helm runs as a hook, with the application's image and a command. */
export function carryMigrate({ release, draft }: Carrying): void {
  const job = release.others.find((object) => isMigration(object, release));
  if (job === undefined) return;
  const container = containerOf(job);
  for (const field of ['command', 'args']) draft.copy(['migrate', field], container.at(field));
  // `manage.py migrate` checks itself; for other commands, no pod waits.
  if (!isManagePy([...textListAt(container.value, 'command'), ...textListAt(container.value, 'args')]))
    draft.put(['migrate', 'check'], false);
  // Its pods have `labels`, by which the Deployment must not select them.
  const [label] = Object.entries(textsAt(release.deployment.value, 'spec', 'selector', 'matchLabels'));
  if (label !== undefined && draft.at('labels', label[0]) === label[1])
    draft.put(['migrate', 'podLabels', label[0]], `${label[1]}-migrate`);
  for (const variable of container.at('env').items) {
    const { name } = variable.map;
    const [value, from] = valueOf(variable);
    if (typeof name === 'string' && !isDeepStrictEqual(draft.at('env', name), value))
      draft.put(['migrate', 'env', name], value, from);
  }
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
