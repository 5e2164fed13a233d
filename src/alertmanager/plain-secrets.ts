import { userInfo } from '../kubernetes/url.js';
import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import { isOneOf, keyOf, settingsIn, type Path, type Setting } from './settings.js';

/** Settings that hold a secret, each with one of the same name and `_file` that reads it from a file. */
const WITH_FILE: ReadonlySet<string> = new Set([
  'alert_source_token',
  'api_key',
  'app_token',
  'auth_password',
  'bearer_token',
  'bot_token',
  'client_certificate_key',
  'client_secret',
  'credentials',
  'mattermost_webhook_url',
  'opsgenie_api_key',
  'pagerduty_configs.routing_key',
  'password',
  'rocketchat_token',
  'rocketchat_token_id',
  'service_key',
  'slack_api_url',
  'slack_app_token',
  'slack_configs.api_url',
  'smtp_auth_password',
  'smtp_tls_config.key',
  'telegram_bot_token',
  'tls_config.key',
  'token',
  'token_id',
  'user_key',
  'victorops_api_key',
  'webhook_url',
]);

/** The same, of which Alertmanager has known the other only since 0.31. */
const WITH_LATE_FILE: ReadonlySet<string> = new Set([
  'api_secret',
  'auth_secret',
  'smtp_auth_secret',
  'wechat_api_secret',
]);

/** Slack's URL for those that send a token beside: it is no secret. */
export const SLACK_WITH_TOKEN = 'https://slack.com/api/chat.postMessage';

/** What an HTTP header holds beside `values`, and `files` that are read instead. */
const OF_HEADER: ReadonlySet<string> = new Set(['secrets']);

/** Settings that hold a secret which Alertmanager reads from no file: of `sigv4`, and headers for a proxy. */
const WITHOUT_FILE: ReadonlySet<string> = new Set(['proxy_connect_header', 'secret_key']);

const FILE = '/etc/alertmanager/secrets/<secret>/<key>';
const IN_NO_FILE =
  ', which Alertmanager reads from no file; put the whole configuration into a Secret, and name that in configFrom';

/** Secrets that stand in a configuration for all to read who may read manifests, and URLs with a password. */
export function plainSecrets(config: unknown, path: Path): FieldDiagnostic[] {
  return settingsIn(config, path).flatMap((setting) => {
    const { path, name, value } = setting;
    const advice = value === '' || value === SLACK_WITH_TOKEN ? undefined : adviceFor(name);
    if (advice !== undefined) return [{ path, message: `a secret in plain${advice}`, inKey: true }];
    return passwordIn(setting, keyOf(name) === 'proxy_url' ? IN_NO_FILE : takenFrom('file'));
  });
}

/** URLs with a password, in a configuration whose secrets are references to Secrets. */
export function passwordsInUrls(config: unknown, path: Path): FieldDiagnostic[] {
  return settingsIn(config, path).flatMap((setting) => passwordIn(setting, takenFrom('Secret')));
}

function passwordIn({ path, value }: Setting, advice: string): FieldDiagnostic[] {
  const hasPassword = typeof value === 'string' && userInfo(value)?.includes(':');
  return hasPassword ? [{ path, message: `a password in a URL${advice}` }] : [];
}

function takenFrom(source: 'file' | 'Secret'): string {
  return `; take it out, and give it by a setting that reads it from a ${source}`;
}

/** What to do about what stands in a setting; undefined where that is no secret. */
function adviceFor(name: string): string | undefined {
  if (isOneOf(WITHOUT_FILE, name)) return IN_NO_FILE;
  if (isOneOf(OF_HEADER, name)) return inFile(`files: [${FILE}]`);
  if (isOneOf(WITH_FILE, name)) return inFile(`${keyOf(name)}_file: ${FILE}`);
  if (isOneOf(WITH_LATE_FILE, name))
    return inFile(`${keyOf(name)}_file: ${FILE} (Alertmanager 0.31 or newer)`);
  return undefined;
}

function inFile(setting: string): string {
  return `; put it in a Secret, name that in secrets, and set ${setting}`;
}
