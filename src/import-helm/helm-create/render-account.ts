import type { Chart } from './chart.js';
import type { HelmPath } from './helm-values.js';
import type { RenderedObject } from './rendered-object.js';

const at = (key: string): HelmPath => ['serviceAccount', key];
const AUTOMOUNT = ['automount', 'automountServiceAccountToken'].map(at);

/** The ServiceAccount, if the chart creates one. */
export function renderAccount(chart: Chart): RenderedObject[] {
  if (!isCreated(chart)) return [];
  chart.helm.take(at('create'));
  const account = chart.object('v1', 'ServiceAccount');
  chart.fill(account, ['metadata', 'name'], [at('name')]);
  chart.fill(account, ['metadata', 'annotations'], [at('annotations')]);
  chart.fill(account, ['automountServiceAccountToken'], AUTOMOUNT);
  return [account];
}

/** Sets the account of the pods: the created one, or one that exists. */
export function setAccount(chart: Chart, deployment: RenderedObject, pod: readonly string[]): void {
  const name = [...pod, 'serviceAccountName'];
  if (isCreated(chart)) deployment.set(name, chart.helm.valueAt(at('name')) ?? chart.name, at('name'));
  else {
    // With `create: false`, the name is that of an account that exists.
    const existing = [at('name'), ['serviceAccountName']].find(
      (path) => chart.helm.valueAt(path) !== undefined,
    );
    if (existing !== undefined) deployment.set(name, chart.helm.take(existing), existing);
    chart.helm.agree(at('create'), false);
    for (const path of AUTOMOUNT) chart.helm.agree(path, false);
  }
}

function isCreated({ helm }: Chart): boolean {
  return helm.peek(at('create')) === true;
}
