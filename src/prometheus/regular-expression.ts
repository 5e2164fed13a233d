import { RE2JS } from 're2js';
import type { AnyTextRule } from '../kubernetes/text-rules.js';

export const REGULAR_EXPRESSION: AnyTextRule = {
  what: "a regular expression in Prometheus' syntax (RE2: no look-ahead, no back-references)",
};

/** @throws when Prometheus would refuse the expression */
export function checkRegularExpression(text: string): void {
  RE2JS.compile(text);
}
