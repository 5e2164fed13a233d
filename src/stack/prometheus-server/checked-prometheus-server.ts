/**
 * A PrometheusServer whose props are checked, as others may see it. The types of its keys are zod's, which a CommonJS
 * project of cdk8s cannot resolve.
 */
export interface CheckedPrometheusServer {
  readonly name: string;
  /** The labels by which the StatefulSet and the Services choose the pods. They never change. */
  readonly selector: Readonly<Record<string, string>>;
}
