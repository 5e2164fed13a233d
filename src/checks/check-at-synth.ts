import { ApiObject, type App, type Chart } from 'cdk8s';
import { checkManifests } from './check-manifests.js';
import { formatDiagnostic } from '../diagnostics/diagnostic.js';
import type { Manifest } from '../kubernetes/manifest.js';

/**
 * Runs the checks in `app.synth()`. If they find problems, it fails and lists all of them.
 *
 * @param scope the objects of one cluster: the app with all its charts. If each chart is for another cluster, call this
 * function once for each chart.
 */
export function checkAtSynth(scope: App | Chart): void {
  const manifests = () =>
    scope.node
      .findAll()
      .filter(ApiObject.isApiObject)
      .map((object) => object.toJson() as Manifest);
  scope.node.addValidation({ validate: () => checkManifests(manifests()).map(formatDiagnostic) });
}
