/**
 * The public type of a checked PrometheusServer. It does not contain zod's types, which a CommonJS project of cdk8s
 * cannot resolve.
 */
export interface CheckedPrometheusServer {
  readonly name: string;
  /** The labels by which the StatefulSet and the Services select the pods. They never change. */
  readonly selector: Readonly<Record<string, string>>;
}
