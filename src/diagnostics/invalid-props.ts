import { type FieldDiagnostic, formatDiagnostic, placed } from './diagnostic.js';

/** Thrown by a construct if its props are invalid. The message contains all problems. */
export class InvalidPropsError extends Error {
  override readonly name = 'InvalidPropsError';

  constructor(
    /** The construct: `WorkerApp my-chart/app`. */
    readonly subject: string,
    readonly problems: readonly FieldDiagnostic[],
    options?: { readonly cause?: unknown },
  ) {
    const diagnostics = problems.map((problem) => placed(problem, { object: subject }));
    super(diagnostics.map(formatDiagnostic).join('\n'), options);
  }
}
