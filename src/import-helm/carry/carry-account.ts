import { textAt } from '../../kubernetes/manifest.js';
import { nameOf } from '../release-object.js';
import type { Carrying } from './carry.js';

/**
 * The ServiceAccount of the pods. The account `default` has no rights in most clusters: its token is not carried over,
 * unless the chart mounts it.
 */
export function carryAccount({
  release: { deployment, pod, account, others },
  facts,
  draft,
}: Carrying): void {
  const name = pod.at('serviceAccountName');
  const other = others.find(
    ({ manifest }) =>
      manifest['kind'] === 'ServiceAccount' && textAt(manifest, 'metadata', 'name') === name.value,
  );
  const mounted =
    pod.at('automountServiceAccountToken').value ??
    (account?.object ?? other)?.manifest['automountServiceAccountToken'];
  if (account !== undefined) {
    draft.put(['serviceAccount', 'create'], true);
    // With --name, the account is called as the application, too.
    const isRenamed = facts.name !== undefined && nameOf(account) === nameOf(deployment);
    if (nameOf(account) !== draft.values['name'] && !isRenamed)
      draft.copy(['serviceAccount', 'name'], account.at('metadata', 'name'));
    draft.copy(['serviceAccount', 'annotations'], account.at('metadata', 'annotations'));
    if (mounted !== false) draft.put(['serviceAccount', 'automountToken'], true);
  } else if (name.isSet && (name.value !== 'default' || mounted === true)) {
    if (mounted === false) draft.put(['serviceAccount'], name.value, name);
    else {
      draft.put(['serviceAccount', 'name'], name.value, name);
      draft.put(['serviceAccount', 'automountToken'], true);
    }
  }
}
