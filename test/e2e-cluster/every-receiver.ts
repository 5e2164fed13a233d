const key = (name: string) => ({ name: 'receivers', key: name });
const HTTP = {
  authorization: { credentials: key('token') },
  tlsConfig: { ca: { secret: key('ca') }, serverName: 'hook.example.com' },
  followRedirects: false,
};

/** An AlertmanagerConfig with a receiver of every kind that the operator and Alertmanager 0.28 have. */
export const EVERY_RECEIVER = {
  route: {
    receiver: 'hook',
    groupBy: ['alertname', 'namespace'],
    groupWait: '30s',
    groupInterval: '5m',
    repeatInterval: '12h',
    routes: [
      {
        receiver: 'chats',
        matchers: [{ name: 'severity', value: 'warning|info', matchType: '=~' }],
        muteTimeIntervals: ['nights'],
        continue: true,
      },
      {
        receiver: 'on-call',
        matchers: [{ name: 'severity', value: 'critical', matchType: '=' }],
        activeTimeIntervals: ['work'],
        routes: [{ receiver: 'clouds', groupBy: ['...'] }],
      },
    ],
  },
  receivers: [
    {
      name: 'hook',
      webhookConfigs: [
        { url: 'https://hook.example.com/{{ .GroupLabels.team }}', httpConfig: HTTP, maxAlerts: 10 },
        { urlSecret: key('url'), sendResolved: false },
      ],
    },
    {
      name: 'chats',
      slackConfigs: [
        {
          apiURL: key('url'),
          channel: '#alerts',
          fields: [{ title: 'Team', value: 'shop', short: true }],
          actions: [{ type: 'button', text: 'Runbook', url: 'https://runbooks.example.com' }],
        },
      ],
      discordConfigs: [{ apiURL: key('url'), title: 'An alert' }],
      msteamsConfigs: [{ webhookUrl: key('url') }],
      msteamsv2Configs: [{ webhookURL: key('url') }],
      rocketchatConfigs: [{ token: key('token'), tokenID: key('token'), channel: '#alerts' }],
      telegramConfigs: [{ botToken: key('token'), chatID: 1, parseMode: 'HTML' }],
      webexConfigs: [{ roomID: 'room', httpConfig: { authorization: { credentials: key('token') } } }],
      wechatConfigs: [{ apiSecret: key('token'), corpID: 'corp' }],
    },
    {
      name: 'on-call',
      pagerdutyConfigs: [
        {
          routingKey: key('token'),
          details: [{ key: 'team', value: 'shop' }],
          pagerDutyLinkConfigs: [{ href: 'https://runbooks.example.com', alt: 'Runbook' }],
        },
      ],
      opsgenieConfigs: [
        { apiKey: key('token'), responders: [{ type: 'team', name: 'shop' }], priority: 'P1' },
      ],
      victoropsConfigs: [
        { apiKey: key('token'), routingKey: 'shop', customFields: [{ key: 'team', value: 'shop' }] },
      ],
      pushoverConfigs: [
        { userKey: key('token'), token: key('token'), retry: '1m', expire: '1h', html: true },
      ],
    },
    {
      name: 'clouds',
      emailConfigs: [
        {
          to: 'shop@example.com',
          from: 'alerts@example.com',
          smarthost: 'mail.example.com:587',
          authUsername: 'alerts',
          authPassword: key('token'),
          headers: [{ key: 'Subject', value: '{{ .CommonLabels.alertname }}' }],
          requireTLS: true,
        },
      ],
      snsConfigs: [
        {
          topicARN: 'arn:aws:sns:eu-west-1:123456789012:alerts',
          sigv4: { region: 'eu-west-1', accessKey: key('token'), secretKey: key('token') },
        },
      ],
    },
  ],
  inhibitRules: [
    {
      sourceMatch: [{ name: 'severity', value: 'critical', matchType: '=' }],
      targetMatch: [{ name: 'severity', value: 'warning|info', matchType: '=~' }],
      equal: ['alertname', 'namespace'],
    },
  ],
  muteTimeIntervals: [
    {
      name: 'nights',
      timeIntervals: [
        { times: [{ startTime: '22:00', endTime: '24:00' }] },
        { weekdays: ['saturday', 'sunday'] },
      ],
    },
    {
      name: 'work',
      timeIntervals: [
        { weekdays: ['monday:friday'], months: ['january:november'], daysOfMonth: [{ start: 1, end: -1 }] },
      ],
    },
  ],
};
