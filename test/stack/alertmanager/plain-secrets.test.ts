import { formatDiagnostic, placed } from '../../../src/diagnostics/diagnostic.js';
import { passwordsInUrls, plainSecrets } from '../../../src/alertmanager/plain-secrets.js';

const lines = (problems: ReturnType<typeof plainSecrets>) =>
  problems.map((problem) => formatDiagnostic(placed(problem, {})));
const diagnosticsOf = (config: object) => lines(plainSecrets(config, []));

const FILE = '/etc/alertmanager/secrets/<secret>/<key>';
const advised = (setting: string) =>
  `a secret in plain text; put it in a Secret, list the Secret in secrets, and set ${setting}`;
const IN_NO_FILE =
  'a secret in plain text, which Alertmanager cannot read from a file; put the whole configuration into a Secret, and refer to it in configFrom';

/** `http_config.tls_config.key` as the map that it stands in. */
const nested = (path: string, value: unknown): object =>
  path.split('.').reduceRight((inner: unknown, key) => ({ [key]: inner }), value) as object;

const keyOf = (path: string) => path.split('.').at(-1) ?? '';

test.each([
  'smtp_auth_password',
  'smtp_tls_config.key',
  'slack_api_url',
  'slack_app_token',
  'mattermost_webhook_url',
  'opsgenie_api_key',
  'rocketchat_token',
  'rocketchat_token_id',
  'telegram_bot_token',
  'victorops_api_key',
  'http_config.authorization.credentials',
  'http_config.basic_auth.password',
  'http_config.bearer_token',
  'http_config.oauth2.client_certificate_key',
  'http_config.oauth2.client_secret',
  'http_config.oauth2.tls_config.key',
  'http_config.tls_config.key',
])('%s of all receivers is a secret', (path) => {
  expect(diagnosticsOf({ global: nested(path, 'k') })).toEqual([
    `global.${path}: ${advised(`${keyOf(path)}_file: ${FILE}`)}`,
  ]);
});

test.each([
  ['discord', 'webhook_url'],
  ['email', 'auth_password'],
  ['email', 'tls_config.key'],
  ['incidentio', 'alert_source_token'],
  ['mattermost', 'webhook_url'],
  ['msteams', 'webhook_url'],
  ['msteamsv2', 'webhook_url'],
  ['opsgenie', 'api_key'],
  ['pagerduty', 'routing_key'],
  ['pagerduty', 'service_key'],
  ['pushover', 'token'],
  ['pushover', 'user_key'],
  ['rocketchat', 'token'],
  ['rocketchat', 'token_id'],
  ['slack', 'api_url'],
  ['slack', 'app_token'],
  ['telegram', 'bot_token'],
  ['victorops', 'api_key'],
  ['webhook', 'http_config.bearer_token'],
])('of a receiver by %s, %s is a secret', (by, path) => {
  expect(diagnosticsOf({ receivers: [{ [`${by}_configs`]: [nested(path, 'k')] }] })).toEqual([
    `receivers[0].${by}_configs[0].${path}: ${advised(`${keyOf(path)}_file: ${FILE}`)}`,
  ]);
});

test.each([
  [{ global: { smtp_auth_secret: 'k' } }, 'global.smtp_auth_secret'],
  [{ global: { wechat_api_secret: 'k' } }, 'global.wechat_api_secret'],
  [{ receivers: [{ email_configs: [{ auth_secret: 'k' }] }] }, 'receivers[0].email_configs[0].auth_secret'],
  [{ receivers: [{ wechat_configs: [{ api_secret: 'k' }] }] }, 'receivers[0].wechat_configs[0].api_secret'],
])('%j is a secret that not every Alertmanager reads from a file', (config, path) => {
  expect(diagnosticsOf(config)).toEqual([
    `${path}: ${advised(`${keyOf(path)}_file: ${FILE}`)} (Alertmanager 0.31 or newer)`,
  ]);
});

describe('headers of HTTP', () => {
  const inFiles = advised(`files: [${FILE}]`);

  test.each([
    ['http_config', 'http_headers', 'X-Api-Key'],
    ['http_config', 'http_headers', 'labels'],
    ['tracing', 'headers', 'X-Api-Key'],
  ])('in %s.%s may have secrets in %s, each of which belongs into a file', (section, headers, name) => {
    const config = { [section]: { [headers]: { [name]: { values: ['a'], secrets: ['b', 'c'] } } } };
    const at = `${section}.${headers}.${name}.secrets`;
    expect(diagnosticsOf(config)).toEqual([`${at}[0]: ${inFiles}`, `${at}[1]: ${inFiles}`]);
  });

  test('for a proxy are secrets that no file holds', () => {
    const proxy_connect_header = { 'Proxy-Authorization': ['Basic aHVudGVyMg=='], 'X-Tenant': ['a'] };
    expect(
      diagnosticsOf({ http_config: { proxy_connect_header, oauth2: { proxy_connect_header } } }),
    ).toEqual([
      `http_config.proxy_connect_header.Proxy-Authorization[0]: ${IN_NO_FILE}`,
      `http_config.proxy_connect_header.X-Tenant[0]: ${IN_NO_FILE}`,
      `http_config.oauth2.proxy_connect_header.Proxy-Authorization[0]: ${IN_NO_FILE}`,
      `http_config.oauth2.proxy_connect_header.X-Tenant[0]: ${IN_NO_FILE}`,
    ]);
  });
});

test('the key of sigv4 is a secret that no file holds', () => {
  expect(
    diagnosticsOf({ receivers: [{ sns_configs: [{ sigv4: { access_key: 'a', secret_key: 'k' } }] }] }),
  ).toEqual([`receivers[0].sns_configs[0].sigv4.secret_key: ${IN_NO_FILE}`]);
});

test('a secret without quotes is one, though YAML reads a number or a truth', () => {
  const at = 'global.http_config.basic_auth.password';
  for (const password of [12345678, true])
    expect(diagnosticsOf({ global: { http_config: { basic_auth: { username: 'u', password } } } })).toEqual([
      `${at}: ${advised(`password_file: ${FILE}`)}`,
    ]);
});

test.each([
  ['a secret that is not there', { global: { smtp_auth_password: '', opsgenie_api_key: null } }],
  ['a file', { global: { smtp_auth_password_file: '/etc/alertmanager/secrets/mail/password' } }],
  ['the routing key of VictorOps', { receivers: [{ victorops_configs: [{ routing_key: 'team' }] }] }],
  ['the address of any receiver but Slack', { receivers: [{ jira_configs: [{ api_url: 'https://jira' }] }] }],
  ['the values of a header', { http_config: { http_headers: { 'X-Tenant': { values: ['a'] } } } }],
])('%s is no secret', (_what, config) => {
  expect(diagnosticsOf(config)).toEqual([]);
});

describe('a URL', () => {
  const IN_URL = 'a password in a URL';
  const fromFile = `${IN_URL}; remove it, and use a setting that reads it from a file`;
  const hooked = (url: string) => diagnosticsOf({ receivers: [{ webhook_configs: [{ url }] }] });

  test.each([
    'http://me:secret@hook.example.com',
    'https://:secret@hook.example.com/',
    'HTTPS://me:secret@hook.example.com',
    'https://me:se/cret@hook.example.com',
    'https://me:se/cr@et@hook.example.com',
  ])('with a password is refused: %s', (url) => {
    expect(hooked(url)).toEqual([`receivers[0].webhook_configs[0].url: ${fromFile}`]);
  });

  test.each([
    'https://hook.example.com:8443/to/@team',
    'https://me@hook.example.com',
    'https://hook.example.com?to=a:b@c',
    'https://hook.example.com/a:b@c',
    'http://[::1]:9093/@team',
    'mailto:me@example.com',
  ])('without a password is right: %s', (url) => {
    expect(hooked(url)).toEqual([]);
  });

  test('of a proxy can be kept in no file', () => {
    expect(diagnosticsOf({ global: { http_config: { proxy_url: 'http://me:secret@proxy:3128' } } })).toEqual([
      `global.http_config.proxy_url: ${IN_NO_FILE.replace('a secret in plain text', IN_URL)}`,
    ]);
  });

  test("with a password is refused among the operator's references to Secrets", () => {
    const config = { receivers: [{ webhookConfigs: [{ url: 'https://me:se/cret@hook' }] }] };
    expect(lines(passwordsInUrls(config, []))).toEqual([
      'receivers[0].webhookConfigs[0].url: a password in a URL; remove it, and use a setting that reads it from a Secret',
    ]);
  });
});
