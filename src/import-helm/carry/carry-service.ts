import { isEmpty } from '../draft.js';
import type { Carrying } from './carry.js';

/** Fields of a Service's spec that other keys carry over, or that need a patch. */
const ELSEWHERE = new Set(['ports', 'selector', 'clusterIP', 'clusterIPs']);
const DEFAULTS: Readonly<Record<string, unknown>> = { type: 'ClusterIP', sessionAffinity: 'None' };

/** Type, annotations and other fields of the Service. */
export function carryService({ release: { service }, draft }: Carrying): void {
  if (service === undefined) return;
  draft.copy(['service', 'annotations'], service.at('metadata', 'annotations'));
  for (const [field, value] of Object.entries(service.at('spec').map))
    if (!ELSEWHERE.has(field) && !isEmpty(value) && DEFAULTS[field] !== value)
      draft.copy(['service', field], service.at('spec', field));
}
