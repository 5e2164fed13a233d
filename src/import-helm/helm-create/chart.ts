import { NAME_LABEL, INSTANCE_LABEL } from '../../kubernetes/labels.js';
import type { FieldPath } from '../../diagnostics/field-path.js';
import type { Place } from '../../diagnostics/diagnostic.js';
import { scalarText } from '../../diagnostics/scalar-text.js';
import { isMap } from '../../kubernetes/manifest.js';
import type { ImportFacts } from '../facts.js';
import { chartNames } from './chart-names.js';
import { isSwitch, type HelmPath, type HelmValues } from './helm-values.js';
import { RenderedObject } from './rendered-object.js';

/** Paths of the Deployment's whole name; `name` in charts that do not follow `helm create`. */
const NAMES: readonly HelmPath[] = [['fullnameOverride'], ['name']];

/** A chart with its values, while objects are made from them. */
export class Chart {
  /** Name of the Deployment and most other objects. Undefined if nothing sets it. */
  readonly name: string | undefined;
  /** The labels by which the Deployment selects its pods. Undefined if there is no name. */
  readonly selector: Readonly<Record<string, string>> | undefined;
  private readonly nameFrom: HelmPath | undefined;

  /** @param placeOf where a Helm value is written; without a path, the file */
  constructor(
    readonly helm: HelmValues,
    readonly facts: ImportFacts,
    private readonly placeOf: (path?: HelmPath) => Place,
  ) {
    const { instance: release, chart } = facts;
    const override = helm.valueAt(['nameOverride']);
    const ofChart = override === undefined ? chart?.name : scalarText(override);
    const names =
      ofChart === undefined || release === undefined ? undefined : chartNames({ chart: ofChart, release });
    const whole = NAMES.find((path) => helm.valueAt(path) !== undefined);
    this.nameFrom = whole ?? (override === undefined ? undefined : ['nameOverride']);
    const given = this.nameFrom && scalarText(helm.valueAt(this.nameFrom));
    this.name = (whole === undefined ? (names?.fullname ?? ofChart) : given) ?? facts.name;
    if (this.nameFrom !== undefined && (facts.name === undefined || facts.name === given))
      helm.take(this.nameFrom);
    // The labels of a chart with a flat `name` are not known.
    this.selector = whole?.[0] === 'name' ? undefined : names?.selector;
    if (this.selector === undefined && this.name !== undefined)
      this.selector = {
        [NAME_LABEL]: this.name,
        [INSTANCE_LABEL]: release ?? this.name,
      };
  }

  object(apiVersion: string, kind: string): RenderedObject {
    return new RenderedObject(apiVersion, kind, this.placeOf)
      .set(['metadata', 'name'], this.name, this.nameFrom)
      .set(['metadata', 'namespace'], this.facts.namespace)
      .set(['metadata', 'labels'], this.selector);
  }

  /** Sets a field to the first of these Helm values that is set. */
  fill(
    object: RenderedObject,
    field: FieldPath,
    paths: readonly HelmPath[],
    change: (value: unknown) => unknown = withoutSwitch,
  ): void {
    const from = paths.find(
      (path) => this.helm.valueAt(path) !== undefined && !this.helm.isSwitchedOff(path),
    );
    if (from !== undefined) object.set(field, change(this.helm.take(from)), from);
  }

  /** The map at a path; empty if there is none. */
  map(path: HelmPath): Readonly<Record<string, unknown>> {
    const found = this.helm.peek(path);
    return isMap(found) ? found : {};
  }
}

/** Without the value by which charts switch a part on. */
function withoutSwitch(value: unknown): unknown {
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([name, inner]) => !isSwitch(name, inner)));
}

/** Converts digits to a number: Helm accepts text for a number. */
export function numberOf(value: unknown): unknown {
  return typeof value === 'string' && /^[0-9]+$/.test(value) ? Number(value) : value;
}
