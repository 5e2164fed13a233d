import { ApiObject, type App, type Chart } from 'cdk8s';
import { checkManifests } from './check-manifests.js';
import { formatDiagnostic } from '../diagnostics/diagnostic.js';
import type { Manifest } from '../kubernetes/manifest.js';

/**
 * Makes `app.synth()` fail, and name every finding, when manifests do not pass the checks.
 *
 * @param scope what is applied to one cluster, and judged together: an app with all its charts or, where each chart of
 * the app is for a cluster of its own, such a chart (call it for each of them)
 */
export function checkAtSynth(scope: App | Chart): void {
  const manifests = () =>
    scope.node
      .findAll()
      .filter(ApiObject.isApiObject)
      .map((object) => object.toJson() as Manifest);
  scope.node.addValidation({ validate: () => checkManifests(manifests()).map(formatDiagnostic) });
}
