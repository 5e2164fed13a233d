import { isMap } from '../../kubernetes/manifest.js';
import { scalarText } from '../../diagnostics/scalar-text.js';
import type { Chart } from './chart.js';
import type { HelmPath } from './helm-values.js';
import type { RenderedObject } from './rendered-object.js';

/** Variables of charts with metrics ports in loops. */
export const CONFIG: HelmPath = ['env', 'config'];
export const START_PORT: HelmPath = [...CONFIG, 'METRICS_START_PORT'];

/** Where charts have variables: maps by name, or lists as in Kubernetes. */
const VARIABLES: readonly HelmPath[] = [CONFIG, ['env'], ['extraEnv'], ['extraEnvVars']];

/** Sets the environment variables of the container. */
export function setEnv(
  chart: Chart,
  deployment: RenderedObject,
  container: readonly (string | number)[],
): void {
  const { helm } = chart;
  let i = 0;
  const add = (item: unknown, from: HelmPath) => deployment.set([...container, 'env', i++], item, from);
  for (const path of VARIABLES) {
    const given = helm.peek(path);
    if (Array.isArray(given)) {
      for (const [index, item] of given.entries()) add(withText(item), [...path, index]);
      helm.take(path);
    } else if (isMap(given))
      for (const [name, value] of Object.entries(given))
        if (!isMap(value) && !Array.isArray(value) && value !== null && value !== undefined) {
          const from = [...path, name];
          deployment
            .set([...container, 'env', i, 'name'], name)
            .set([...container, 'env', i++, 'value'], scalarText(value), from);
          helm.agree(from, value); // An empty text is a value too.
        }
  }
}

/** Kubernetes takes only texts. */
function withText(item: unknown): unknown {
  return isMap(item) && 'value' in item ? { ...item, value: scalarText(item['value'] ?? '') } : item;
}
