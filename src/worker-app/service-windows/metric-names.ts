/** The label of these metrics that names the component as it is. */
export const COMPONENT_LABEL = 'component';

/**
 * The start of a component's metric names: `billing-api` becomes `billing_api`. As the example's
 * components/metric_names.py says, and a test holds the two together.
 */
export function metricPrefix(component: string): string {
  const name = component.replaceAll(/[^a-zA-Z0-9_]/gu, '_');
  return /^_*[a-zA-Z]/.test(name) ? name : `component_${name}`;
}
