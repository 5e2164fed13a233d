import { ApiObject, type App, type Chart } from 'cdk8s';
import { checkManifests } from './check-manifests.js';
import { checkDuplicates } from './together/duplicates.js';
import { formatDiagnostic, type Diagnostic } from '../diagnostics/diagnostic.js';
import { printable } from '../diagnostics/printable.js';
import { identity } from '../kubernetes/identity.js';
import { nameOf, type Manifest } from '../kubernetes/manifest.js';

/**
 * Runs the checks in `app.synth()`. Errors make it fail: it lists all of them, each with the path of the construct that
 * made the object. Warnings are printed (`console.warn`), as by `worker-metrics synth`. Two objects of one chart with the
 * same identity are an error.
 *
 * @param scope the objects of one cluster: the app with all its charts. If each chart is for another cluster, call this
 * function once for each chart.
 * @param options `strict` makes warnings fail, too. Default: false
 */
export function checkAtSynth(scope: App | Chart, options: { readonly strict?: boolean } = {}): void {
  const { strict = false } = options;
  // App.synth() validates the constructs twice.
  const printed = new Set<string>();
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
      const line = (diagnostic: Diagnostic) => {
        const path = paths.get(diagnostic.object ?? '');
        const text = formatDiagnostic(diagnostic);
        return path === undefined ? text : `${path}: ${text}`;
      };
      const found = withErrors(checkManifests(manifests), duplicatesInCharts(objects));
      const fails = ({ severity }: Diagnostic) => strict || severity === 'error';
      for (const one of found.filter((one) => !fails(one))) {
        const text = printable(`${one.severity}: ${line(one)}`);
        if (printed.has(text)) continue;
        printed.add(text);
        console.warn(text);
      }
      return found.filter(fails).map(line);
    },
  });
}

/** Objects that overwrite each other in the file of one chart. Charts may be for different clusters. */
function duplicatesInCharts(objects: readonly ApiObject[]): Diagnostic[] {
  const charts = new Set(objects.map(({ chart }) => chart));
  return [...charts].flatMap((chart) =>
    checkDuplicates(
      objects
        .filter((object) => object.chart === chart)
        .map((object) => object.toJson() as Manifest)
        .map((manifest) => ({ manifest, identity: identity(manifest) })),
    ),
  );
}

/** Diagnostics, of which some are errors. */
function withErrors(all: readonly Diagnostic[], errors: readonly Diagnostic[]): Diagnostic[] {
  const isError = ({ object, message }: Diagnostic) =>
    errors.some((error) => error.object === object && error.message === message);
  return all.map((one) => (isError(one) ? { ...one, severity: 'error' } : one));
}
