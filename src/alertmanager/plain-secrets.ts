import { userInfo } from '../kubernetes/url.js';
import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import { isOneOf, keyOf, settingsIn, type Path, type Setting } from './settings.js';

/** Settings that contain a secret. Each has a second setting, named with `_file`, that reads it from a file. */
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

/** The same for settings whose `_file` needs Alertmanager 0.31 or newer. */
const WITH_LATE_FILE: ReadonlySet<string> = new Set([
  'api_secret',
  'auth_secret',
  'smtp_auth_secret',
  'wechat_api_secret',
]);

/** Slack's URL for clients that authenticate with a token. It is not a secret. */
export const SLACK_WITH_TOKEN = 'https://slack.com/api/chat.postMessage';

/** Settings of an HTTP header that contain a secret; `files` reads it from files. */
const OF_HEADER: ReadonlySet<string> = new Set(['secrets']);

/** Settings with a secret that Alertmanager cannot read from a file: in `sigv4`, and headers for a proxy. */
const WITHOUT_FILE: ReadonlySet<string> = new Set(['proxy_connect_header', 'secret_key']);

const FILE = '/etc/alertmanager/secrets/<secret>/<key>';
/** The fix for a secret in a setting. */
interface Advice {
  /** The end of the message. */
  readonly why: string;
  readonly hint: string;
}

const IN_NO_FILE: Advice = {
  why: ', which Alertmanager cannot read from a file',
  hint: 'put the whole configuration into a Secret, and refer to it in configFrom',
};

/** Secrets in plain text and URLs with a password: everybody who can read the manifests could read them. */
export function plainSecrets(config: unknown, path: Path): FieldDiagnostic[] {
  return settingsIn(config, path).flatMap((setting) => {
    const { path, name, value } = setting;
    const advice = value === '' || value === SLACK_WITH_TOKEN ? undefined : adviceFor(name);
    if (advice !== undefined)
      return [{ path, message: `a secret in plain text${advice.why}`, hint: advice.hint, inKey: true }];
    return passwordIn(setting, keyOf(name) === 'proxy_url' ? IN_NO_FILE : takenFrom('file'));
  });
}

/** URLs with a password in an AlertmanagerConfig. Its other secrets are references to Secrets. */
export function passwordsInUrls(config: unknown, path: Path): FieldDiagnostic[] {
  return settingsIn(config, path).flatMap((setting) => passwordIn(setting, takenFrom('Secret')));
}

function passwordIn({ path, value }: Setting, { why, hint }: Advice): FieldDiagnostic[] {
  const hasPassword = typeof value === 'string' && userInfo(value)?.includes(':');
  return hasPassword ? [{ path, message: `a password in a URL${why}`, hint }] : [];
}

function takenFrom(source: 'file' | 'Secret'): Advice {
  return { why: '', hint: `remove it, and use a setting that reads it from a ${source}` };
}

/** The fix for a secret in a setting; undefined if the setting is not a secret. */
function adviceFor(name: string): Advice | undefined {
  if (isOneOf(WITHOUT_FILE, name)) return IN_NO_FILE;
  if (isOneOf(OF_HEADER, name)) return inFile(`files: [${FILE}]`);
  if (isOneOf(WITH_FILE, name)) return inFile(`${keyOf(name)}_file: ${FILE}`);
  if (isOneOf(WITH_LATE_FILE, name))
    return inFile(`${keyOf(name)}_file: ${FILE} (Alertmanager 0.31 or newer)`);
  return undefined;
}

function inFile(setting: string): Advice {
  return { why: '', hint: `put it in a Secret, list the Secret in secrets, and set ${setting}` };
}
