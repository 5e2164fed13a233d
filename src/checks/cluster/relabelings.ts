import { scalarText } from '../../diagnostics/scalar-text.js';
import { RELABEL_ACTIONS, type Relabeling } from '../../prometheus/relabel-config.js';
import { at, listAt, textAt, type Manifest } from '../../kubernetes/manifest.js';

/** The lists of relabelling steps of an endpoint: for targets, and for their samples. */
export const RELABELING_LISTS = ['relabelings', 'metricRelabelings'] as const;

/**
 * Returns the steps of an endpoint as the operator reads them: an empty field counts as missing, and the case of an
 * action does not matter. A step that the operator's schema rejects is undefined.
 */
export function relabelingsOf(
  endpoint: Manifest,
  list: (typeof RELABELING_LISTS)[number],
): (Relabeling | undefined)[] {
  return listAt(endpoint, list).map((step) => (keepsSchema(step) ? relabelingOf(step) : undefined));
}

function relabelingOf(step: Manifest): Relabeling {
  return {
    sourceLabels: listOfTexts(at(step, 'sourceLabels')),
    separator: textAt(step, 'separator'),
    targetLabel: textAt(step, 'targetLabel') || undefined,
    regex: textAt(step, 'regex') || undefined,
    modulus: Number(at(step, 'modulus')) || undefined,
    replacement: textAt(step, 'replacement'),
    action: actionOf(step),
  };
}

function keepsSchema(step: Manifest): boolean {
  const isAbsent = (field: string) => (step[field] ?? undefined) === undefined;
  return (
    ['separator', 'targetLabel', 'regex', 'replacement'].every(
      (field) => isAbsent(field) || typeof step[field] === 'string',
    ) &&
    (isAbsent('sourceLabels') || Array.isArray(step['sourceLabels'])) &&
    (isAbsent('modulus') || typeof step['modulus'] === 'number') &&
    (isAbsent('action') || actionOf(step) !== undefined)
  );
}

function actionOf(step: Manifest): Relabeling['action'] {
  const action = textAt(step, 'action')?.toLowerCase();
  return RELABEL_ACTIONS.find((one) => one === action);
}

function listOfTexts(list: unknown): string[] | undefined {
  return Array.isArray(list) && list.length > 0 ? list.map(scalarText) : undefined;
}
