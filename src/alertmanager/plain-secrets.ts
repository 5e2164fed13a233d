import type { FieldProblem } from '../problems/problem.js';

/** Settings of Alertmanager that hold a secret, each with one of the same name and `_file` that reads it from a file. */
const SECRETS = new Set([
  'api_key',
  'api_secret',
  'api_token',
  'auth_password',
  'bot_token',
  'client_secret',
  'credentials',
  'opsgenie_api_key',
  'password',
  'routing_key',
  'service_key',
  'slack_api_url',
  'smtp_auth_password',
  'token',
  'user_key',
  'victorops_api_key',
  'webhook_url',
  'wechat_api_secret',
]);

type Path = readonly (string | number)[];

/** Secrets that stand in a configuration for all to read who may read manifests, and URLs with a password. */
export function plainSecrets(value: unknown, path: Path): FieldProblem[] {
  if (Array.isArray(value)) return value.flatMap((item, i) => plainSecrets(item, [...path, i]));
  if (typeof value === 'string') {
    return /^[a-z][-+.a-z0-9]*:\/\/[^/\s@]*:[^/\s@]*@/i.test(value)
      ? [
          {
            path,
            message: 'a password in a URL; take it out, and give it by a setting that reads it from a file',
          },
        ]
      : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = [...path, key];
    if (typeof inner !== 'string' || !isSecret(key, path)) return plainSecrets(inner, at);
    const message = `a secret in plain; put it in a Secret, name that in secrets, and set ${key}_file: /etc/alertmanager/secrets/<secret>/<key>`;
    return [{ path: at, message, inKey: true }];
  });
}

/** Slack's URL is its password. */
function isSecret(key: string, path: Path): boolean {
  return SECRETS.has(key) || (key === 'api_url' && path.includes('slack_configs'));
}
