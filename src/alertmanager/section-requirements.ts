import type { Requirement } from './required-settings.js';

const withFile = (key: string) => [key, `${key}_file`];

const WEBHOOK: readonly Requirement[] = [{ oneOf: withFile('webhook_url') }];
const PROXY: readonly Requirement[] = [
  { oneOf: ['proxy_url', 'proxy_from_environment'], only: true, orNone: true },
  { when: 'proxy_connect_header', oneOf: ['proxy_url', 'proxy_from_environment'] },
  { when: 'no_proxy', oneOf: ['proxy_url'] },
];
const FIELD: readonly Requirement[] = [{ oneOf: ['title'] }, { oneOf: ['value'] }];

/** Requirements of Alertmanager 0.34 for its sections (`UnmarshalYAML` of each, and of Config). */
export const SECTION_REQUIREMENTS: Readonly<Record<string, readonly Requirement[]>> = {
  Discord: WEBHOOK,
  Email: [
    { oneOf: ['to'] },
    { oneOf: ['smarthost'], global: ['smtp_smarthost'] },
    { oneOf: ['from'], global: ['smtp_from'] },
  ],
  Http: [
    {
      oneOf: ['authorization', 'basic_auth', 'oauth2', 'bearer_token', 'bearer_token_file'],
      only: true,
      orNone: true,
    },
    ...PROXY,
  ],
  Incidentio: [{ oneOf: withFile('url') }],
  Jira: [{ oneOf: ['project'] }, { oneOf: ['issue_type'] }, { oneOf: ['api_url'], global: ['jira_api_url'] }],
  Mattermost: [{ oneOf: withFile('webhook_url'), global: withFile('mattermost_webhook_url') }],
  MattermostField: FIELD,
  MSTeams: WEBHOOK,
  MSTeamsV2: WEBHOOK,
  OpsGenie: [{ oneOf: withFile('api_key'), global: withFile('opsgenie_api_key') }],
  OpsGenieConfigResponder: [{ oneOf: ['id', 'username', 'name'] }, { oneOf: ['type'] }],
  OAuth2: [{ oneOf: ['client_id'] }, { oneOf: ['token_url'] }, ...PROXY],
  Pagerduty: [{ oneOf: [...withFile('routing_key'), ...withFile('service_key')] }],
  Pushover: [
    { oneOf: withFile('user_key') },
    { oneOf: withFile('token') },
    { oneOf: ['html', 'monospace'], only: true, orNone: true },
  ],
  Rocketchat: [
    { oneOf: withFile('token_id'), global: withFile('rocketchat_token_id') },
    { oneOf: withFile('token'), global: withFile('rocketchat_token') },
  ],
  Slack: [
    {
      oneOf: [...withFile('api_url'), ...withFile('app_token')],
      global: [...withFile('slack_api_url'), ...withFile('slack_app_token')],
      only: true,
    },
  ],
  SlackAction: [{ oneOf: ['type'] }, { oneOf: ['text'] }, { oneOf: ['url', 'name'] }],
  SlackConfirmationField: [{ oneOf: ['text'] }],
  SlackField: FIELD,
  SNS: [{ oneOf: ['topic_arn', 'phone_number', 'target_arn'], only: true }],
  Telegram: [
    { oneOf: withFile('bot_token'), global: withFile('telegram_bot_token') },
    { oneOf: withFile('chat_id') },
  ],
  Threading: [{ when: 'enabled', oneOf: ['thread_by_date'] }],
  VictorOps: [
    { oneOf: ['routing_key'] },
    { oneOf: withFile('api_key'), global: withFile('victorops_api_key') },
  ],
  Webex: [{ oneOf: ['room_id'] }, { oneOf: ['http_config.authorization'] }],
  Webhook: [{ oneOf: withFile('url') }],
  Wechat: [
    { oneOf: withFile('api_secret'), global: withFile('wechat_api_secret') },
    { oneOf: ['corp_id'], global: ['wechat_api_corp_id'] },
  ],
};

/**
 * Requirements of the operator and Alertmanager for the receivers of an AlertmanagerConfig that are not in the operator's
 * schema. No `global` settings count, because the Alertmanager of this package has none.
 * @see pkg/alertmanager/validation/v1alpha1 and pkg/alertmanager/operator.go of prometheus-operator v0.93
 */
export const OPERATOR_REQUIREMENTS: Readonly<Record<string, readonly Requirement[]>> = {
  emailConfigs: [
    { oneOf: ['to'] },
    { oneOf: ['smarthost'], mayBeGlobal: true },
    { oneOf: ['from'], mayBeGlobal: true },
  ],
  msteamsv2Configs: [{ oneOf: ['webhookURL'] }],
  opsgenieConfigs: [{ oneOf: ['apiKey'], mayBeGlobal: true }],
  pagerdutyConfigs: [{ oneOf: ['routingKey', 'serviceKey'] }],
  pushoverConfigs: [
    { oneOf: ['userKey'] },
    { oneOf: ['token'] },
    { oneOf: ['html', 'monospace'], only: true, orNone: true },
  ],
  slackConfigs: [{ oneOf: ['apiURL'], mayBeGlobal: true }],
  snsConfigs: [{ oneOf: ['topicARN', 'phoneNumber', 'targetARN'], only: true }],
  telegramConfigs: [{ oneOf: ['botToken', 'botTokenFile'], only: true }, { oneOf: ['chatID'] }],
  victoropsConfigs: [{ oneOf: ['apiKey'], mayBeGlobal: true }, { oneOf: ['routingKey'] }],
  webexConfigs: [{ oneOf: ['roomID'] }, { oneOf: ['httpConfig.authorization'], mayBeGlobal: true }],
  webhookConfigs: [{ oneOf: ['url', 'urlSecret'] }],
  wechatConfigs: [
    { oneOf: ['apiSecret'], mayBeGlobal: true },
    { oneOf: ['corpID'], mayBeGlobal: true },
  ],
};

/** Requirements of the operator for `httpConfig`. */
const OPERATOR_HTTP: readonly Requirement[] = [
  {
    oneOf: ['authorization', 'basicAuth', 'oauth2', 'bearerTokenSecret'],
    only: true,
    orNone: true,
  },
  { oneOf: ['proxyUrl', 'proxyFromEnvironment'], only: true, orNone: true },
  { oneOf: ['noProxy', 'proxyFromEnvironment'], only: true, orNone: true },
  { when: 'proxyConnectHeader', oneOf: ['proxyUrl', 'proxyURL', 'proxyFromEnvironment'] },
  { when: 'noProxy', oneOf: ['proxyUrl', 'proxyURL'] },
];

const FROM_ONE: readonly Requirement[] = [{ oneOf: ['secret', 'configMap'], only: true, orNone: true }];
const OPERATOR_TLS: Readonly<Record<string, readonly Requirement[]>> = {
  '': [
    { when: 'cert', oneOf: ['keySecret'] },
    { when: 'keySecret', oneOf: ['cert'] },
  ],
  ca: FROM_ONE,
  cert: FROM_ONE,
};

/** Requirements of the operator for the settings inside a receiver, by the path to them. */
export const OPERATOR_PARTS: Readonly<Record<string, readonly Requirement[]>> = {
  httpConfig: OPERATOR_HTTP,
  'httpConfig.authorization': [{ oneOf: ['credentials'] }],
  'httpConfig.oauth2.clientId': [{ oneOf: ['secret', 'configMap'], only: true }],
  ...within('httpConfig.tlsConfig', OPERATOR_TLS),
  ...within('httpConfig.oauth2.tlsConfig', OPERATOR_TLS),
  ...within('tlsConfig', OPERATOR_TLS),
  actions: [{ oneOf: ['url', 'name'] }],
  responders: [{ oneOf: ['id', 'name', 'username'] }],
};

function within<T>(path: string, parts: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(parts).map(([part, one]) => [part === '' ? path : `${path}.${part}`, one]),
  );
}
