import { RELABEL_ACTIONS, type Relabeling } from '../prometheus/relabeling.js';
import { at, listAt, textAt, type Manifest } from './manifest.js';

/** The steps of an endpoint, as the operator reads them: what is empty is not given, and an action has capitals or not. */
export function relabelingsOf(
  endpoint: Manifest,
  list: 'relabelings' | 'metricRelabelings' = 'relabelings',
): Relabeling[] {
  return listAt(endpoint, list).map((step) => {
    const sourceLabels = at(step, 'sourceLabels');
    const modulus = at(step, 'modulus');
    return {
      sourceLabels:
        Array.isArray(sourceLabels) && sourceLabels.length > 0 ? sourceLabels.map(String) : undefined,
      separator: textAt(step, 'separator'),
      targetLabel: textAt(step, 'targetLabel') || undefined,
      regex: textAt(step, 'regex') || undefined,
      modulus: typeof modulus === 'number' && modulus !== 0 ? modulus : undefined,
      replacement: textAt(step, 'replacement'),
      action: actionOf(step),
    };
  });
}

/** Of one that there is not, the operator's schema says so. */
function actionOf(step: Manifest): Relabeling['action'] {
  const action = textAt(step, 'action')?.toLowerCase();
  return RELABEL_ACTIONS.find((one) => one === action);
}
