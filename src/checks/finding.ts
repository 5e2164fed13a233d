// Former names, until every user of them is rewritten.
export { formatDiagnostic as formatFinding } from '../diagnostics/diagnostic.js';
export type { Diagnostic as Finding, Severity } from '../diagnostics/diagnostic.js';
export { ObjectDiagnostics as ObjectFindings } from './object-diagnostics.js';
