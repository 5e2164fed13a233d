import type { FieldProblem } from '../problems/problem.js';
import { textsIn, type Path } from './texts-in.js';

/** Settings that hold a secret, each with one of the same name and `_file` that reads it from a file. */
const WITH_FILE = new Set([
  'api_key',
  'api_token',
  'auth_password',
  'bearer_token',
  'bot_token',
  'client_secret',
  'credentials',
  'mattermost_webhook_url',
  'opsgenie_api_key',
  'password',
  'rocketchat_token',
  'rocketchat_token_id',
  'routing_key',
  'service_key',
  'slack_api_url',
  'slack_app_token',
  'smtp_auth_password',
  'telegram_bot_token',
  'token',
  'token_id',
  'user_key',
  'victorops_api_key',
  'webhook_url',
]);

/** The same, of which Alertmanager has known the other only since 0.31. */
const WITH_LATE_FILE = new Set(['api_secret', 'auth_secret', 'smtp_auth_secret', 'wechat_api_secret']);

/** The setting that holds a secret, and that Alertmanager reads from no file: that of `sigv4`. */
const WITHOUT_FILE = 'secret_key';

/** Names that are those of a secret within one section alone: Slack's URL is its password. */
const WITH_FILE_WITHIN: Readonly<Record<string, string>> = {
  api_url: 'slack_configs',
  app_token: 'slack_configs',
  key: 'tls_config',
};

/** Secrets that stand in a configuration for all to read who may read manifests, and URLs with a password. */
export function plainSecrets(config: unknown, path: Path): FieldProblem[] {
  return textsIn(config, path).flatMap(({ path, text }) => {
    const advice = adviceFor(path);
    if (advice === undefined) return passwordIn(text, path, 'file');
    return [{ path, message: `a secret in plain${advice}`, inKey: true }];
  });
}

/** URLs with a password, in a configuration whose secrets are references to Secrets. */
export function passwordsInUrls(config: unknown, path: Path): FieldProblem[] {
  return textsIn(config, path).flatMap(({ path, text }) => passwordIn(text, path, 'Secret'));
}

/** @param source what a setting may read it from instead */
function passwordIn(text: string, path: Path, source: 'file' | 'Secret'): FieldProblem[] {
  if (!/^[a-z][-+.a-z0-9]*:\/\/[^/\s@]*:[^/\s@]*@/i.test(text)) return [];
  const message = `a password in a URL; take it out, and give it by a setting that reads it from a ${source}`;
  return [{ path, message }];
}

/** What to do about a secret at a path; undefined where there is none. */
function adviceFor(path: Path): string | undefined {
  const key = String(path.at(-1));
  if (key === WITHOUT_FILE)
    return ', which Alertmanager reads from no file; put the whole configuration into a Secret, and name that in configFrom';
  const section = WITH_FILE_WITHIN[key];
  const isLate = WITH_LATE_FILE.has(key);
  if (!isLate && !WITH_FILE.has(key) && (section === undefined || !path.includes(section))) return undefined;
  const since = isLate ? ' (Alertmanager 0.31 or newer)' : '';
  return `; put it in a Secret, name that in secrets, and set ${key}_file: /etc/alertmanager/secrets/<secret>/<key>${since}`;
}
