import { RE2JS } from 're2js';
import type { AnyTextFormat } from '../kubernetes/text-formats.js';

export const REGULAR_EXPRESSION: AnyTextFormat = {
  what: "a regular expression in Prometheus' syntax (RE2: no look-ahead, no back-references)",
};

/** @throws if Prometheus would refuse the expression */
export function checkRegularExpression(text: string): void {
  RE2JS.compile(text);
}

/** Whether Prometheus accepts a regular expression. */
export function isRegularExpression(text: string): boolean {
  try {
    checkRegularExpression(text);
    return true;
  } catch {
    return false;
  }
}

/** Whether a valid regular expression matches the empty text as a whole. */
export function matchesEmpty(text: string): boolean {
  return RE2JS.matches(text, '');
}
