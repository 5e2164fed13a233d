/** A consequence to know before a change is applied. */
export interface ChangeWarning {
  /**
   * `rolls`: the pods are replaced. `refused`: the API server refuses the change. `kept`: it takes the object, and keeps
   * a field as it is. `stays`: the removed object stays in the cluster. `merged`: a client-side apply may lose a list item. `scaled`: a client-side apply sets the number of pods to 1.
   */
  readonly effect: 'rolls' | 'refused' | 'kept' | 'stays' | 'merged' | 'scaled';
  /** The consequence. */
  readonly message: string;
  /** The fix. */
  readonly hint?: string;
}
