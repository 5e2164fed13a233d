import { expected } from '../problems/expected.js';
import type { FieldProblem } from '../problems/problem.js';
import { textsIn, type Path } from './texts-in.js';

/** Settings of Alertmanager's configuration that are true or false. */
const TRUTHS = new Set([
  'continue',
  'enable_http2',
  'follow_redirects',
  'insecure_skip_verify',
  'link_names',
  'proxy_from_environment',
  'require_tls',
  'send_resolved',
  'short',
  'short_fields',
  'smtp_require_tls',
  'update_alerts',
]);

/**
 * Truths that are written as YAML 1.1 has them, `yes` and `off`: Alertmanager reads such, but we read YAML 1.2, where they
 * are texts, and hand them on as texts, which it refuses.
 */
export function truthProblems(config: unknown, path: Path): FieldProblem[] {
  return textsIn(config, path)
    .filter(({ path }) => TRUTHS.has(String(path.at(-1))))
    .map(({ path, text }) => ({ path, message: expected('true or false', text) }));
}
