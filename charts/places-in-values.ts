import { checkManifests } from '../src/checks/check-manifests.js';
import type { Diagnostic } from '../src/diagnostics/diagnostic.js';
import type { FieldPath } from '../src/diagnostics/field-path.js';
import { nameOf, type Manifest } from '../src/kubernetes/manifest.js';
import { memo } from '../src/memo.js';
import type { Values } from '../src/values/parse-values.js';
import { Causes, type Check } from './causes.js';
import type { Charts } from './kinds.js';

/** Most documents of a run whose warnings are traced to a value: it takes as long as to build the document ten times. */
const MOST_TRACED = 20;

/** Adds the places in the values files to diagnostics about finished objects. */
export class PlacesInValues {
  private traced = 0;
  private last: { readonly values: Values; readonly causes: Map<string, Causes> } | undefined;

  constructor(private readonly charts: Charts) {}

  /**
   * The smallest part of one of the user's objects or patches without which the objects do not have the diagnostic.
   * @param addition the path of the object or patch that causes it
   */
  within(addition: FieldPath, diagnostic: Diagnostic, values: Values): FieldPath {
    return this.causes(values, diagnostic, '', checkManifests)?.of(diagnostic, addition) ?? addition;
  }

  /**
   * The smallest part of the values that contains a wrong reference to one of the user's objects.
   * @param addition the path of the object
   */
  reference(addition: FieldPath, object: Manifest, diagnostic: Diagnostic, values: Values): FieldPath {
    const name = nameOf(object);
    const withObject: Check = (manifests) =>
      checkManifests([...manifests.filter((one) => nameOf(one) !== name), object]);
    return this.causes(values, diagnostic, name, withObject)?.of(diagnostic) ?? addition;
  }

  /** The causes in a document, for a check of this name; undefined if it takes too long to find them. */
  private causes(values: Values, { severity }: Diagnostic, name: string, check: Check): Causes | undefined {
    if (severity !== 'error' && this.traced >= MOST_TRACED) return undefined;
    if (this.last?.values !== values) {
      this.last = { values, causes: new Map() };
      if (severity !== 'error') this.traced += 1;
    }
    const causes = this.last.causes.get(name) ?? new Causes(values, this.charts, check);
    this.last.causes.set(name, causes);
    return causes;
  }

  /**
   * Adds the place of the smallest part of the values without which the objects do not have the diagnostic; else that of the
   * name of the application. One value may cause the same in several objects: it is reported once.
   *
   * @param beside checks of the objects together with those of other documents. @default - none
   */
  placed(
    diagnostics: readonly Diagnostic[],
    values: Values,
    beside: Check = () => [],
  ): readonly Diagnostic[] {
    const withoutPlace = diagnostics.filter(({ file }) => file === undefined);
    const hasErrors = withoutPlace.some(({ severity }) => severity === 'error');
    if (withoutPlace.length > 0 && !hasErrors) this.traced += 1;
    const isTraced = hasErrors || this.traced <= MOST_TRACED;
    const check: Check = (manifests) => [...checkManifests(manifests), ...beside(manifests)];
    const causes = memo(() => new Causes(values, this.charts, check));
    const once = new OnceForEachCause();
    return diagnostics.flatMap((diagnostic) => {
      if (diagnostic.file !== undefined) return once.add(diagnostic);
      const cause = isTraced ? causes().of(diagnostic) : undefined;
      const found = placedAt(diagnostic, cause, values.source);
      return cause === undefined ? [found] : once.add(found);
    });
  }
}

/** Keeps one of several diagnostics by which one value breaks several objects: the web pods and the processes. */
class OnceForEachCause {
  private readonly objects = new Map<string, string | undefined>();

  add(diagnostic: Diagnostic): Diagnostic[] {
    const { file, line, message, hint, object } = diagnostic;
    const key = JSON.stringify([file, line, message, hint]);
    if (!this.objects.has(key)) this.objects.set(key, object);
    return this.objects.get(key) === object ? [diagnostic] : [];
  }
}

function placedAt(
  diagnostic: Diagnostic,
  cause: FieldPath | undefined,
  source: Values['source'],
): Diagnostic {
  if (cause === undefined) {
    const { file, line } = source.placeOf(['name']);
    return { ...diagnostic, file, line };
  }
  const { field, ...place } = source.placeOf(cause);
  const hint = [diagnostic.hint, `caused by ${field}`].filter(Boolean).join('; ');
  return { ...diagnostic, ...place, hint };
}
