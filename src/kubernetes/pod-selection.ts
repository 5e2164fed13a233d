/** Selects pods by their labels and namespace. */
export interface PodSelection {
  /** The pods have all of these labels. */
  readonly labels: Readonly<Record<string, string>>;
  /** @default - the namespace of the object that selects them */
  readonly namespace?: string;
}
