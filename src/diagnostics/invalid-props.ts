import { formatPath, type FieldProblem } from './problem.js';

/** Thrown by constructs that are given props which they cannot turn into right manifests. Names every problem. */
export class InvalidPropsError extends Error {
  override readonly name = 'InvalidPropsError';

  constructor(
    /** The construct: `WorkerApp my-chart/app`. */
    readonly subject: string,
    readonly problems: readonly FieldProblem[],
    options?: { readonly cause?: unknown },
  ) {
    super(
      problems
        .map(({ path, message }) => [subject, formatPath(path), message].filter(Boolean).join(': '))
        .join('\n'),
      options,
    );
  }
}
