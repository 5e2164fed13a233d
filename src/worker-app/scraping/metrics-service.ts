import { COMPONENT_LABEL } from '../../kubernetes/labels.js';

/** The label that distinguishes the headless Service of the metrics ports from the application's Service. */
export const METRICS_COMPONENT = { [COMPONENT_LABEL]: 'metrics' };
