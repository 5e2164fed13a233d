/** Facts that a Helm values file does not contain: they are in Helm's command line, or in a chart's templates. */
export interface ImportFacts {
  /** @default - the Deployment's name by `helm create`; without a release, the chart's name or its override */
  readonly name?: string | undefined;
  /** Name of the release. @default - the application's name */
  readonly instance?: string | undefined;
  readonly namespace?: string | undefined;
  /** Name of the container. @default - the chart's name */
  readonly container?: string | undefined;
  /** @default - WEB_CONCURRENCY, or the option of the server */
  readonly workers?: number | undefined;
  /** Port of the application in the container. @default - the port that the Service leads to */
  readonly httpPort?: number | undefined;
  /** Name and appVersion in Chart.yaml. */
  readonly chart?: { readonly name?: string; readonly appVersion?: string } | undefined;
}
