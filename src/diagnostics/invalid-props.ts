import { withShortList } from './expected.js';
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
    const diagnostics = problems.map((problem) => placed(withPage(problem), { object: subject }));
    super(diagnostics.map(formatDiagnostic).join('\n'), options);
  }
}

/** Names the page that lists the known keys, in place of a long list. */
function withPage(problem: FieldDiagnostic): FieldDiagnostic {
  const { known, hint } = problem;
  if (known === undefined || hint === undefined) return problem;
  return { ...problem, hint: withShortList(hint, known, 'docs/values.md') };
}
