import { NAME_LABEL, INSTANCE_LABEL } from '../../kubernetes/labels.js';
import { isDeepStrictEqual } from 'node:util';
import { textAt } from '../../kubernetes/manifest.js';
import type { Draft } from '../draft.js';
import { nameOf } from '../release-object.js';
import type { Release } from '../release.js';
import type { Carrying } from './carry.js';

/** Names, and labels of the selector. */
export function carryNames({ release, facts, draft }: Carrying): void {
  const { deployment, container } = release;
  const name = facts.name ?? (nameOf(deployment) || undefined);
  draft.put(['name'], name, facts.name === undefined ? deployment.at('metadata', 'name') : undefined);
  const selector = deployment.at('spec', 'selector', 'matchLabels');
  const instance = facts.instance ?? textAt(selector.value, INSTANCE_LABEL);
  draft.put(['instance'], instance === name && facts.instance === undefined ? undefined : instance);
  draft.copy(['namespace'], deployment.at('metadata', 'namespace'));
  if (facts.namespace !== undefined) draft.put(['namespace'], facts.namespace);
  carrySelector(release, draft, { [NAME_LABEL]: name, [INSTANCE_LABEL]: instance ?? name });
  if (container.map['name'] !== DEFAULT_CONTAINER) draft.copy(['container'], container.at('name'));
}

/** The labels of the selector, unless they are ours. */
export function carrySelector({ deployment }: Release, draft: Draft, ours: object): void {
  const selector = deployment.at('spec', 'selector', 'matchLabels');
  if (selector.isSet && !isDeepStrictEqual(selector.map, ours))
    draft.put(['selectorLabels'], selector.value, selector);
}

/** The image of the application. */
export function carryImage({ release: { container }, draft }: Carrying): void {
  draft.copy(['image'], container.at('image'));
  draft.copy(['imagePullPolicy'], container.at('imagePullPolicy'));
}

const DEFAULT_CONTAINER = 'app';
