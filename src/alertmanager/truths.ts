import { expected } from '../problems/expected.js';
import type { FieldProblem } from '../problems/problem.js';
import { isOneOf, settingsIn, type Path } from './settings.js';

/** Settings of Alertmanager's configuration that are true or false, as of 0.34. */
const TRUTHS: ReadonlySet<string> = new Set([
  'continue',
  'disable_notifications',
  'enable_http2',
  'enable_update',
  'follow_redirects',
  'force_implicit_tls',
  'insecure_skip_verify',
  'iswebview',
  'link_names',
  'monospace',
  'msginchatwindow',
  'persistent_notifications',
  'proxy_from_environment',
  'pushover_configs.html',
  'requested_ack',
  'require_tls',
  'send_resolved',
  'short',
  'short_fields',
  'smtp_force_implicit_tls',
  'smtp_require_tls',
  'threading.enabled',
  'tracing.insecure',
  'update_alerts',
  'update_message',
  'use_aws_http_client',
  'use_fips_sts_endpoint',
]);

/**
 * Truths that are none, most often written as YAML 1.1 has them, `yes` and `off`: Alertmanager reads such, but we read
 * YAML 1.2, where they are texts, and hand them on as texts, which it refuses.
 */
export function truthProblems(config: unknown, path: Path): FieldProblem[] {
  return settingsIn(config, path)
    .filter(({ name, value }) => isOneOf(TRUTHS, name) && typeof value !== 'boolean')
    .map(({ path, value }) => ({ path, message: expected('true or false', value) }));
}
