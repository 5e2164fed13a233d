/** A consequence to know before a change is applied. */
export interface ChangeWarning {
  /**
   * `rolls`: the pods are replaced. `refused`: the API server refuses the change. `stays`: the removed object stays in the
   * cluster. `merged`: a client-side apply may lose a list item.
   */
  readonly effect: 'rolls' | 'refused' | 'stays' | 'merged';
  /** The consequence. */
  readonly message: string;
  /** What to do. */
  readonly hint?: string;
}
