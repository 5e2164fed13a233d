// Former names, until every user of them is rewritten.
export { fieldDiagnostics as fieldProblems, unknownKey, unknownKeys } from './field-diagnostics.js';
