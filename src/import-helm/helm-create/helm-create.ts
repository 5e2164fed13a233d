import type { Place } from '../../diagnostics/diagnostic.js';
import type { ImportFacts } from '../facts.js';
import type { ReleaseObject } from '../release-object.js';
import { Chart } from './chart.js';
import type { HelmPath, HelmValues } from './helm-values.js';
import { renderAccount } from './render-account.js';
import { renderDeployment } from './render-deployment.js';
import { renderMonitor } from './render-monitor.js';
import { renderHttpRoute, renderIngress } from './render-routes.js';
import { renderAutoscaler, renderDisruptionBudget } from './render-scale.js';
import { renderService } from './render-service.js';

/**
 * The objects that the templates of `helm create` make from Helm values. Values that other charts often have, such as
 * `envFrom`, and those of charts with metrics ports in loops, are read too. Values that nothing reads are left in `helm`.
 *
 * @param placeOf where a Helm value is written; without a path, the file
 * @see https://github.com/helm/helm/blob/v3.19.0/pkg/chartutil/create.go
 */
export function helmCreateObjects(
  helm: HelmValues,
  facts: ImportFacts,
  placeOf: (path?: HelmPath) => Place,
): ReleaseObject[] {
  const chart = new Chart(helm, facts, placeOf);
  return [
    renderDeployment(chart),
    renderService(chart),
    ...renderAccount(chart),
    ...renderIngress(chart),
    ...renderHttpRoute(chart),
    ...renderAutoscaler(chart),
    ...renderDisruptionBudget(chart),
    ...renderMonitor(chart),
  ];
}
