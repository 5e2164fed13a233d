/** The label of these metrics that contains the unchanged name of the component. */
export const COMPONENT_LABEL = 'component';

/**
 * Returns the prefix of a component's metric names: `billing-api` becomes `billing_api`. The same as in the example's
 * components/metric_names.py; a test compares the two.
 */
export function metricPrefix(component: string): string {
  const name = component.replaceAll(/[^a-zA-Z0-9_]/gu, '_');
  return /^_*[a-zA-Z]/.test(name) ? name : `component_${name}`;
}
