import { textAt } from '../../kubernetes/manifest.js';
import { nameOf } from '../release.js';
import type { Carrying } from './carry.js';

/** Names, labels of the selector, image and numbers of pods. */
export function carryNames({ release, facts, draft }: Carrying): void {
  const { deployment, container } = release;
  const name = facts.name ?? (nameOf(deployment) || undefined);
  draft.put(['name'], name, facts.name === undefined ? deployment.at('metadata', 'name') : undefined);
  const selector = deployment.at('spec', 'selector', 'matchLabels');
  const instance = facts.instance ?? textAt(selector.value, INSTANCE);
  draft.put(['instance'], instance === name && facts.instance === undefined ? undefined : instance);
  draft.copy(['namespace'], deployment.at('metadata', 'namespace'));
  if (facts.namespace !== undefined) draft.put(['namespace'], facts.namespace);
  const ours = { [NAME]: name, [INSTANCE]: instance ?? name };
  if (selector.isSet && JSON.stringify(sorted(selector.map)) !== JSON.stringify(sorted(ours)))
    draft.put(['selectorLabels'], selector.value, selector);
  draft.copy(['image'], container.at('image'));
  draft.copy(['imagePullPolicy'], container.at('imagePullPolicy'));
  if (container.map['name'] !== DEFAULT_CONTAINER) draft.copy(['container'], container.at('name'));
}

const NAME = 'app.kubernetes.io/name';
const INSTANCE = 'app.kubernetes.io/instance';
const DEFAULT_CONTAINER = 'app';

function sorted(labels: object): object {
  return Object.fromEntries(Object.entries(labels).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
