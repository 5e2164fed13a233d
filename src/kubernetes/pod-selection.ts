/** Pods by their labels, and the namespace that they are in. */
export interface PodSelection {
  /** All of these labels. */
  readonly labels: Readonly<Record<string, string>>;
  /** @default - the namespace of what refers to them */
  readonly namespace?: string;
}
