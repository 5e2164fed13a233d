/**
 * The sections of the configuration of Alertmanager 0.34: the settings of each section, grouped by the kind of their
 * value. A kind is a section, a format of config-formats.ts, `=` and a choice of texts, a list of a kind (`[]`), or a map
 * of a kind with keys that users choose (`{}`). The source is the types in Alertmanager's packages config, config/common,
 * notify, timeinterval and tracing, and in prometheus/common/config.
 */
export const SECTIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Config: {
    Global: 'global',
    'InhibitRule[]': 'inhibit_rules',
    'NamedTimeInterval[]': 'time_intervals',
    'Receiver[]': 'receivers',
    Route: 'route',
    Tracing: 'tracing',
    'text[]': 'templates',
  },
  Authorization: {
    text: 'credentials credentials_file credentials_ref type',
  },
  BasicAuth: {
    text: 'password password_file password_ref username username_file username_ref',
  },
  Discord: {
    text: 'avatar_url content message title username webhook_url_file',
    Http: 'http_config',
    boolean: 'send_resolved',
    url: 'webhook_url',
  },
  Email: {
    text:
      'auth_identity auth_password auth_password_file auth_secret auth_secret_file auth_username from ' +
      'hello html text to',
    Threading: 'threading',
    Tls: 'tls_config',
    boolean: 'force_implicit_tls require_tls send_resolved',
    hostPort: 'smarthost',
    '{text}': 'headers',
  },
  Global: {
    text:
      'mattermost_webhook_url_file opsgenie_api_key opsgenie_api_key_file rocketchat_token ' +
      'rocketchat_token_file rocketchat_token_id rocketchat_token_id_file slack_api_url_file ' +
      'slack_app_token slack_app_token_file smtp_auth_identity smtp_auth_password ' +
      'smtp_auth_password_file smtp_auth_secret smtp_auth_secret_file smtp_auth_username smtp_from ' +
      'smtp_hello telegram_bot_token telegram_bot_token_file victorops_api_key victorops_api_key_file ' +
      'wechat_api_corp_id wechat_api_secret wechat_api_secret_file',
    Http: 'http_config',
    Tls: 'smtp_tls_config',
    boolean: 'smtp_force_implicit_tls smtp_require_tls',
    duration: 'resolve_timeout',
    hostPort: 'smtp_smarthost',
    url:
      'jira_api_url mattermost_webhook_url opsgenie_api_url pagerduty_url rocketchat_api_url ' +
      'slack_api_url slack_app_url telegram_api_url victorops_api_url webex_api_url wechat_api_url',
  },
  Header: {
    'text[]': 'files secrets values',
  },
  Http: {
    text: 'bearer_token bearer_token_file no_proxy proxy_url',
    Authorization: 'authorization',
    BasicAuth: 'basic_auth',
    OAuth2: 'oauth2',
    Tls: 'tls_config',
    boolean: 'enable_http2 follow_redirects proxy_from_environment',
    '{Header}': 'http_headers',
    '{text[]}': 'proxy_connect_header',
  },
  Incidentio: {
    text: 'alert_source_token alert_source_token_file url_file',
    Http: 'http_config',
    boolean: 'send_resolved',
    count: 'max_alerts',
    timeout: 'timeout',
    url: 'url',
  },
  InhibitRule: {
    text: 'name',
    'matcher[]': 'source_matchers target_matchers',
    'labelName[]': 'equal',
    '{regex}': 'source_match_re target_match_re',
    '{text}': 'source_match target_match',
  },
  Jira: {
    text: 'issue_type priority project reopen_transition resolve_transition wont_fix_resolution',
    Http: 'http_config',
    'JiraField|text': 'description summary',
    boolean: 'send_resolved',
    duration: 'reopen_duration',
    'text[]': 'labels',
    url: 'api_url',
    '{anything}': 'fields',
    '=auto|cloud|datacenter': 'api_type',
  },
  JiraField: {
    text: 'template',
    boolean: 'enable_update',
  },
  MSTeams: {
    text: 'summary text title webhook_url_file',
    Http: 'http_config',
    boolean: 'send_resolved',
    url: 'webhook_url',
  },
  MSTeamsV2: {
    text: 'text title webhook_url_file',
    Http: 'http_config',
    boolean: 'send_resolved',
    url: 'webhook_url',
  },
  Mattermost: {
    text:
      'author_icon author_link author_name channel color fallback footer footer_icon icon_emoji ' +
      'icon_url image_url pretext text thumb_url title title_link type username webhook_url_file',
    Http: 'http_config',
    'MattermostAttachment[]': 'attachments',
    'MattermostField[]': 'fields',
    MattermostPriority: 'priority',
    MattermostProps: 'props',
    boolean: 'send_resolved',
    url: 'webhook_url',
  },
  MattermostAttachment: {
    text:
      'author_icon author_link author_name color fallback footer footer_icon image_url pretext text ' +
      'thumb_url title title_link',
    'MattermostField[]': 'fields',
  },
  MattermostField: {
    text: 'title value',
    boolean: 'short',
  },
  MattermostPriority: {
    text: 'priority',
    boolean: 'persistent_notifications requested_ack',
  },
  MattermostProps: {
    text: 'card',
  },
  NamedTimeInterval: {
    text: 'name',
    'TimeInterval[]': 'time_intervals',
  },
  OAuth2: {
    text:
      'audience client_certificate_key client_certificate_key_file client_certificate_key_id ' +
      'client_certificate_key_ref client_id client_secret client_secret_file client_secret_ref ' +
      'grant_type iss no_proxy proxy_url signature_algorithm token_url',
    Tls: 'tls_config',
    boolean: 'proxy_from_environment',
    'text[]': 'scopes',
    '{anything}': 'claims',
    '{text[]}': 'proxy_connect_header',
    '{text}': 'endpoint_params',
  },
  OpsGenie: {
    text: 'actions api_key api_key_file description entity message note priority source tags',
    Http: 'http_config',
    'OpsGenieConfigResponder[]': 'responders',
    boolean: 'send_resolved update_alerts',
    url: 'api_url',
    '{text}': 'details',
  },
  OpsGenieConfigResponder: {
    text: 'id name type username',
    responderType: 'type',
  },
  Pagerduty: {
    text:
      'class client client_url component description group routing_key routing_key_file service_key ' +
      'service_key_file severity source',
    Http: 'http_config',
    'PagerdutyImage[]': 'images',
    'PagerdutyLink[]': 'links',
    boolean: 'send_resolved',
    timeout: 'timeout',
    url: 'url',
    '{anything}': 'details',
  },
  PagerdutyImage: {
    text: 'alt href src',
  },
  PagerdutyLink: {
    text: 'href text',
  },
  Pushover: {
    text: 'device message priority sound title token token_file url url_title user_key user_key_file',
    Http: 'http_config',
    boolean: 'html monospace send_resolved',
    goDuration: 'expire retry ttl',
  },
  Receiver: {
    text: 'name',
    'Discord[]': 'discord_configs',
    'Email[]': 'email_configs',
    'Incidentio[]': 'incidentio_configs',
    'Jira[]': 'jira_configs',
    'MSTeamsV2[]': 'msteamsv2_configs',
    'MSTeams[]': 'msteams_configs',
    'Mattermost[]': 'mattermost_configs',
    'OpsGenie[]': 'opsgenie_configs',
    'Pagerduty[]': 'pagerduty_configs',
    'Pushover[]': 'pushover_configs',
    'Rocketchat[]': 'rocketchat_configs',
    'SNS[]': 'sns_configs',
    'Slack[]': 'slack_configs',
    'Telegram[]': 'telegram_configs',
    'VictorOps[]': 'victorops_configs',
    'Webex[]': 'webex_configs',
    'Webhook[]': 'webhook_configs',
    'Wechat[]': 'wechat_configs',
    '{text}': 'labels',
  },
  Rocketchat: {
    text:
      'channel color emoji icon_url image_url text thumb_url title title_link token token_file ' +
      'token_id token_id_file',
    Http: 'http_config',
    'RocketchatAttachmentAction[]': 'actions',
    'RocketchatAttachmentField[]': 'fields',
    boolean: 'link_names send_resolved short_fields',
    url: 'api_url',
  },
  RocketchatAttachmentAction: {
    text: 'imageurl msg msgprocessingtype text type url webviewheightratio',
    boolean: 'iswebview msginchatwindow',
  },
  RocketchatAttachmentField: {
    text: 'title value',
    boolean: 'short',
  },
  Route: {
    text: 'receiver',
    'Route[]': 'routes',
    boolean: 'continue',
    duration: 'group_wait',
    'matcher[]': 'matchers',
    'labelName[]': 'group_by',
    'text[]': 'active_time_intervals mute_time_intervals',
    '{regex}': 'match_re',
    '{text}': 'labels match',
    positiveDuration: 'group_interval repeat_interval',
  },
  SNS: {
    text: 'api_url message phone_number subject target_arn topic_arn',
    Http: 'http_config',
    SigV4: 'sigv4',
    boolean: 'send_resolved use_aws_http_client',
    '{text}': 'attributes',
  },
  SigV4: {
    text: 'access_key external_id profile region role_arn secret_key service_name',
    boolean: 'use_fips_sts_endpoint',
  },
  Slack: {
    text:
      'api_url_file app_token app_token_file callback_id channel color fallback footer icon_emoji ' +
      'icon_url image_url message_text pretext text thumb_url title title_link username',
    Http: 'http_config',
    'SlackAction[]': 'actions',
    'SlackField[]': 'fields',
    boolean: 'link_names send_resolved short_fields update_message',
    'text[]': 'mrkdwn_in',
    timeout: 'timeout',
    url: 'api_url app_url',
  },
  SlackAction: {
    text: 'name style text type url value',
    SlackConfirmationField: 'confirm',
  },
  SlackConfirmationField: {
    text: 'dismiss_text ok_text text title',
  },
  SlackField: {
    text: 'title value',
    boolean: 'short',
  },
  Telegram: {
    text: 'bot_token bot_token_file chat_id_file message',
    Http: 'http_config',
    boolean: 'disable_notifications send_resolved',
    integer: 'chat_id message_thread_id',
    url: 'api_url',
    '=|Markdown|MarkdownV2|HTML': 'parse_mode',
  },
  Threading: {
    boolean: 'enabled',
    '=|none|daily': 'thread_by_date',
  },
  TimeInterval: {
    'TimeRange[]': 'times',
    'dayOfMonth[]': 'days_of_month',
    location: 'location',
    'month[]': 'months',
    'weekday[]': 'weekdays',
    'year[]': 'years',
  },
  TimeRange: {
    anything: 'end_time start_time',
  },
  Tls: {
    text: 'ca ca_file ca_ref cert cert_file cert_ref key key_file key_ref server_name',
    boolean: 'insecure_skip_verify',
    tlsVersion: 'max_version min_version',
  },
  Tracing: {
    text: 'compression endpoint',
    Tls: 'tls_config',
    boolean: 'insecure',
    duration: 'timeout',
    number: 'sampling_fraction',
    '{Header}': 'headers',
    '=|http|grpc': 'client_type',
  },
  VictorOps: {
    text: 'api_key api_key_file entity_display_name message_type monitoring_tool routing_key state_message',
    Http: 'http_config',
    boolean: 'send_resolved',
    url: 'api_url',
    '{text}': 'custom_fields',
  },
  Webex: {
    text: 'message room_id',
    Http: 'http_config',
    boolean: 'send_resolved',
    url: 'api_url',
  },
  Webhook: {
    text: 'url_file',
    Http: 'http_config',
    anything: 'payload',
    boolean: 'send_resolved',
    count: 'max_alerts',
    templateUrl: 'url',
    timeout: 'timeout',
  },
  Wechat: {
    text: 'agent_id api_secret api_secret_file corp_id message to_party to_tag to_user',
    Http: 'http_config',
    boolean: 'send_resolved',
    url: 'api_url',
    '=|text|markdown': 'message_type',
  },
};
