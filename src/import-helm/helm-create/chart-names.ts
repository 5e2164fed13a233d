import { NAME_LABEL, INSTANCE_LABEL } from '../../kubernetes/labels.js';

/** The parts of the names of a chart's objects. */
export interface ChartNaming {
  /** Name of the chart. */
  readonly chart: string;
  /** Name of the release. */
  readonly release: string;
  readonly nameOverride?: string | undefined;
  readonly fullnameOverride?: string | undefined;
}

/** Names that the templates of `helm create` give to objects. */
export interface ChartNames {
  /** Name of the Deployment and the Service. */
  readonly fullname: string;
  /** The labels by which the Deployment selects its pods. */
  readonly selector: Readonly<Record<string, string>>;
}

/**
 * The names of a release's objects, as `helm create` names them.
 *
 * @see https://github.com/helm/helm/blob/v3.19.0/pkg/chartutil/create.go `_helpers.tpl`
 */
export function chartNames({ chart, release, nameOverride, fullnameOverride }: ChartNaming): ChartNames {
  const name = nameOverride ?? chart;
  return {
    fullname: shortened(fullnameOverride ?? (release.includes(name) ? release : `${release}-${name}`)),
    selector: { [NAME_LABEL]: shortened(name), [INSTANCE_LABEL]: release },
  };
}

/** Helm's `trunc 63 | trimSuffix "-"`. */
export function shortened(name: string): string {
  return name.slice(0, 63).replace(/-$/, '');
}
