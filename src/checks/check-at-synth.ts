import { ApiObject, type App } from 'cdk8s';
import { checkManifests } from './check-manifests.js';
import { formatFinding, type Manifest } from './manifest.js';

/** Makes `app.synth()` fail, and name every finding, when the manifests of all its charts do not pass the checks. */
export function checkAtSynth(app: App): void {
  const manifests = () =>
    app.node
      .findAll()
      .filter(ApiObject.isApiObject)
      .map((object) => object.toJson() as Manifest);
  app.node.addValidation({ validate: () => checkManifests(manifests()).map(formatFinding) });
}
