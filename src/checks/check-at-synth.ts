import { ApiObject, type App, type Chart } from 'cdk8s';
import { checkManifests } from './check-manifests.js';
import { formatDiagnostic } from '../diagnostics/diagnostic.js';
import { nameOf, type Manifest } from '../kubernetes/manifest.js';

/**
 * Runs the checks in `app.synth()`. If they find problems, it fails and lists all of them, each with the path of the
 * construct that made the object.
 *
 * @param scope the objects of one cluster: the app with all its charts. If each chart is for another cluster, call this
 * function once for each chart.
 */
export function checkAtSynth(scope: App | Chart): void {
  scope.node.addValidation({
    validate: () => {
      const objects = scope.node.findAll().filter(ApiObject.isApiObject);
      const paths = new Map<string, string>();
      const manifests = objects.map((object) => {
        const manifest = object.toJson() as Manifest;
        const name = nameOf(manifest);
        const { path } = object.node;
        paths.set(name, paths.has(name) ? `${paths.get(name)}, ${path}` : path);
        return manifest;
      });
      return checkManifests(manifests).map((diagnostic) => {
        const path = paths.get(diagnostic.object ?? '');
        const line = formatDiagnostic(diagnostic);
        return path === undefined ? line : `${path}: ${line}`;
      });
    },
  });
}
