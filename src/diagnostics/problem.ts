// Former names, until every user of them is rewritten.
export type { Diagnostic as Problem, FieldDiagnostic as FieldProblem } from './diagnostic.js';
export { formatDiagnostic as formatProblem } from './diagnostic.js';
export { formatPath } from './field-path.js';
