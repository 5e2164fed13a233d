import { formatDiagnostic, placed } from '../../../src/diagnostics/diagnostic.js';
import { loadOperatorModels } from '../../../src/alertmanager/operator-models.js';
import { refusalsOf } from '../../a-worker-app.js';
import { notesOf, problemsOf } from '../../values/of-kind.js';

beforeAll(loadOperatorModels);

const team = { route: { receiver: 'team' }, receivers: [{ name: 'team' }] };

/** What is wrong in a configuration of one of the forms, without the name of the key in front. */
const problems = (form: 'standalone' | 'operator', changed: object, props: object = {}) => {
  const key = form === 'operator' ? 'alertmanagerConfig' : 'config';
  return problemsOf('AlertmanagerCluster', { name: 'am', form, peers: 3, [key]: { ...team, ...changed }, ...props }).map(
    (problem) => formatDiagnostic(placed(problem, {})).replace(`${key}.`, ''),
  );
}; // prettier-ignore
const received = (list: string, ...settings: (object | null)[]) => ({
  receivers: [{ name: 'team', [list]: settings }],
});
const FIRST =
  'Alertmanager refuses this setting in the first route, which receives every alert; move it to a route under routes';

describe('Alertmanager refuses, and we before it', () => {
  test.each<[string, object, string]>([
    ['a receiver of a misspelt kind', received('webhook_config', { url: 'http://a' }), 'receivers[0].webhook_config: unknown key; did you mean "webhook_configs"?'],
    ['a misspelt setting of a receiver', received('webhook_configs', { url: 'http://a', send_resolve: true }), 'receivers[0].webhook_configs[0].send_resolve: unknown key; did you mean "send_resolved"?'],
    ['a misspelt setting far inside', received('webhook_configs', { url: 'http://a', http_config: { basic_auth: { usrname: 'a' } } }), 'receivers[0].webhook_configs[0].http_config.basic_auth.usrname: unknown key; did you mean "username"?'],
    ['a misspelt setting of a route within', { route: { receiver: 'team', routes: [{ recevier: 'team' }] } }, 'route.routes[0].recevier: unknown key; did you mean "receiver"?'],
    ['a key that JavaScript has a meaning for', received('constructor', {}), 'receivers[0].constructor: unknown key; known are name'],
    ['a misspelt global setting', { global: { smtp_smart_host: 'a:25' } }, 'global.smtp_smart_host: unknown key; did you mean "smtp_smarthost"?'],
    ['a first route with matchers', { route: { receiver: 'team', matchers: ['a="b"'] } }, `route.matchers: ${FIRST}`],
    ['a first route with match', { route: { receiver: 'team', match: { a: 'b' } } }, `route.match: ${FIRST}`],
    ['a first route that continues', { route: { receiver: 'team', continue: true } }, `route.continue: ${FIRST}`],
    ['every label beside another', { route: { receiver: 'team', group_by: ['...', 'a'] } }, 'route.group_by[0]: "..." means every label and must be the only item; remove it, or the others'],
    ['Slack without a URL', received('slack_configs', { channel: '#a' }), 'receivers[0].slack_configs[0]: api_url_file or app_token_file is missing; set it here, or global.slack_api_url_file or slack_app_token_file'],
    ['Slack with two', received('slack_configs', { api_url_file: '/a', app_token_file: '/b' }), 'receivers[0].slack_configs[0].app_token_file: there is api_url_file too; remove one of the two'],
    ['a message of Slack to update by a webhook', received('slack_configs', { api_url_file: '/a', update_message: true }), 'receivers[0].slack_configs[0].update_message: Slack updates only messages of bots; set api_url: https://slack.com/api/chat.postMessage and a token in http_config.authorization, or remove it'],
    ['Opsgenie without a key', received('opsgenie_configs', {}), 'receivers[0].opsgenie_configs[0]: api_key_file is missing; set it here, or global.opsgenie_api_key_file'],
    ['an item that is empty', received('opsgenie_configs', null), 'receivers[0].opsgenie_configs[0]: api_key_file is missing; set it here, or global.opsgenie_api_key_file'],
    ['PagerDuty without a key', received('pagerduty_configs', {}), 'receivers[0].pagerduty_configs[0]: routing_key_file or service_key_file is missing; set it here'],
    ['a webhook with two URLs', received('webhook_configs', { url: 'http://a', url_file: '/a' }), 'receivers[0].webhook_configs[0].url_file: there is url too; remove one of the two'],
    ['email without a server', received('email_configs', { to: 'a@b', from: 'c@d' }), 'receivers[0].email_configs[0]: smarthost is missing; set it here, or global.smtp_smarthost'],
    ['Webex without credentials', received('webex_configs', { room_id: 'a' }), 'receivers[0].webex_configs[0]: http_config.authorization is missing; set it here'],
    ['two ways to authenticate', received('webhook_configs', { url: 'http://a', http_config: { basic_auth: { username: 'a' }, authorization: {} } }), 'receivers[0].webhook_configs[0].http_config.basic_auth: there is authorization too; remove one of the two'],
    ['a proxy that is not named', received('webhook_configs', { url: 'http://a', http_config: { no_proxy: 'a' } }), 'receivers[0].webhook_configs[0].http_config: proxy_url is missing beside no_proxy; set it here'],
  ])('%s', (_, changed, message) => {
    const found = problems('standalone', changed);
    expect(found.map((line) => line.slice(0, message.length))).toEqual([message]);
  }); // prettier-ignore
});

test.each<[string, object]>([
  ['a setting for all Slack receivers', { global: { slack_api_url_file: '/a' }, ...received('slack_configs', { channel: '#a' }) }],
  ['settings for all emails', { global: { smtp_smarthost: 'a:25', smtp_from: 'a@b' }, ...received('email_configs', { to: 'c@d' }) }],
  ['two choices of which one is off', received('pushover_configs', { user_key_file: '/a', token_file: '/b', html: true, monospace: false })],
  ['a first route with empty lists', { route: { receiver: 'team', matchers: [], continue: false } }],
  ["a bot of Slack", received('slack_configs', { api_url: 'https://slack.com/api/chat.postMessage', update_message: true, http_config: { authorization: { credentials_file: '/a' } } })],
])('%s is right', (_, changed) => {
  expect(problems('standalone', changed)).toEqual([]);
}); // prettier-ignore

describe('the operator or Alertmanager refuses, and we before them', () => {
  const url = { url: 'http://a.example.com' };
  const key = { name: 'receivers', key: 'key' };
  test.each<[string, object, string]>([
    ['a receiver of a misspelt kind', received('webhookConfig', url), 'receivers[0].webhookConfig: unknown key; did you mean "webhookConfigs"?'],
    ['a misspelt setting far inside', received('webhookConfigs', { ...url, httpConfig: { basicAuth: { usernam: {} } } }), 'receivers[0].webhookConfigs[0].httpConfig.basicAuth.usernam: unknown key; did you mean "username"?'],
    ['a misspelt setting of a route within', { route: { receiver: 'team', routes: [{ routes: [{ groupby: ['a'] }] }] } }, 'route.routes[0].routes[0].groupby: unknown key; did you mean "groupBy"?'],
    ['a key that JavaScript has a meaning for', received('constructor', {}), 'receivers[0].constructor: unknown key; known are name'],
    ['a value of another type', received('webhookConfigs', { ...url, sendResolved: 'yes' }), 'receivers[0].webhookConfigs[0].sendResolved: expected true or false, got "yes"'],
    ['a value of another type in a route within', { route: { receiver: 'team', routes: [{ groupWait: '1x' }] } }, 'route.routes[0].groupWait: expected a duration'],
    ['no map for a route', { route: { receiver: 'team', routes: ['a'] } }, 'route.routes[0]: expected a map, got "a"'],
    ['a first route with matchers', { route: { receiver: 'team', matchers: [{ name: 'a', value: 'b' }] } }, `route.matchers: ${FIRST}`],
    ['a first route that mutes', { route: { receiver: 'team', muteTimeIntervals: ['n'] }, muteTimeIntervals: [{ name: 'n' }] }, `route.muteTimeIntervals: ${FIRST}`],
    ['a first route that continues', { route: { receiver: 'team', continue: true } }, `route.continue: ${FIRST}`],
    ['Slack without a URL', received('slackConfigs', { channel: '#a' }), 'receivers[0].slackConfigs[0]: apiURL is missing; set it here'],
    ['Opsgenie without a key', received('opsgenieConfigs', {}), 'receivers[0].opsgenieConfigs[0]: apiKey is missing; set it here'],
    ['PagerDuty without a key', received('pagerdutyConfigs', {}), 'receivers[0].pagerdutyConfigs[0]: routingKey or serviceKey is missing; set it here'],
    ['a webhook without a URL', received('webhookConfigs', {}), 'receivers[0].webhookConfigs[0]: url or urlSecret is missing; set it here'],
    ['a mail server without a port', received('emailConfigs', { to: 'a@b', from: 'c@d', smarthost: 'mail.example.com' }), 'receivers[0].emailConfigs[0].smarthost: expected an address with a port such as smtp.example.com:587, got "mail.example.com"'],
    ['an inhibition by no expression', { inhibitRules: [{ sourceMatch: [{ name: 'a', value: '(', matchType: '=~' }] }] }, 'inhibitRules[0].sourceMatch[0].value: expected a regular expression in Alertmanager\'s syntax (RE2), got "("'],
    ['a matcher by no expression', { route: { receiver: 'team', routes: [{ matchers: [{ name: 'a', value: '(', regex: true }] }] } }, 'route.routes[0].matchers[0].value: expected a regular expression in Alertmanager\'s syntax (RE2), got "("'],
    ['a mute interval without a name', { muteTimeIntervals: [{ timeIntervals: [] }] }, 'muteTimeIntervals[0].name: missing; expected a name'],
    ['days that are none', { muteTimeIntervals: [{ name: 'n', timeIntervals: [{ daysOfMonth: [{ start: 5, end: 1 }] }] }] }, 'muteTimeIntervals[0].timeIntervals[0].daysOfMonth[0]: expected start and end from 1 to 31, or -31 to -1 from the end of the month, got 5 to 1'],
    ['a link without a scheme', received('pagerdutyConfigs', { routingKey: key, pagerDutyLinkConfigs: [{ href: 'a' }] }), 'receivers[0].pagerdutyConfigs[0].pagerDutyLinkConfigs[0].href: expected a URL such as https://example.com/path (http or https), got "a"'],
    ['an icon without a scheme', received('rocketchatConfigs', { token: key, tokenID: key, iconURL: 'a' }), 'receivers[0].rocketchatConfigs[0].iconURL: expected a URL such as'],
    ['a URL whose template does not end', received('webhookConfigs', { url: 'http://{{ .a' }), 'receivers[0].webhookConfigs[0].url: the action {{ .a has no end'],
    ['a responder without a name', received('opsgenieConfigs', { apiKey: key, responders: [{ type: 'team' }] }), 'receivers[0].opsgenieConfigs[0].responders[0]: id or name or username is missing; set it here'],
    ['an action of Slack that leads nowhere', received('slackConfigs', { apiURL: key, actions: [{ type: 'button', text: 'a' }] }), 'receivers[0].slackConfigs[0].actions[0]: url or name is missing; set it here'],
    ['one header in two spellings', received('emailConfigs', { to: 'a@b', from: 'c@d', smarthost: 'e:25', headers: [{ key: 'A', value: 'b' }, { key: 'a', value: 'c' }] }), 'receivers[0].emailConfigs[0].headers[1].key: the header "a" is in the list already, as number 1'],
    ['a field that VictorOps has', received('victoropsConfigs', { apiKey: key, routingKey: 'a', customFields: [{ key: 'entity_id', value: 'b' }] }), 'receivers[0].victoropsConfigs[0].customFields[0].key: Alertmanager sets entity_id itself'],
    ['a chat that is none', received('telegramConfigs', { botToken: key, chatID: 0 }), 'receivers[0].telegramConfigs[0].chatID: expected the number of a chat, got 0'],
    ['basic authorization', received('webhookConfigs', { ...url, httpConfig: { authorization: { type: 'Basic', credentials: key } } }), 'receivers[0].webhookConfigs[0].httpConfig.authorization.type: expected another type than Basic, got "Basic"; use basicAuth instead'],
    ['authorization without credentials', received('webhookConfigs', { ...url, httpConfig: { authorization: {} } }), 'receivers[0].webhookConfigs[0].httpConfig.authorization: credentials is missing; set it here'],
    ['OAuth without a client', received('webhookConfigs', { ...url, httpConfig: { oauth2: { clientId: {}, clientSecret: key, tokenUrl: 'http://a' } } }), 'receivers[0].webhookConfigs[0].httpConfig.oauth2.clientId: secret or configMap is missing; set it here'],
    ['a CA from two places', received('webhookConfigs', { ...url, httpConfig: { tlsConfig: { ca: { secret: key, configMap: key } } } }), 'receivers[0].webhookConfigs[0].httpConfig.tlsConfig.ca.configMap: there is secret too; remove one of the two'],
    ['a certificate without its key', received('webhookConfigs', { ...url, httpConfig: { tlsConfig: { cert: { secret: key } } } }), 'receivers[0].webhookConfigs[0].httpConfig.tlsConfig: keySecret is missing beside cert; set it here'],
    ['TLS versions in the wrong order', received('emailConfigs', { to: 'a@b', from: 'c@d', smarthost: 'e:25', tlsConfig: { minVersion: 'TLS13', maxVersion: 'TLS12' } }), 'receivers[0].emailConfigs[0].tlsConfig.maxVersion: TLS12 is older than minVersion, TLS13'],
    ['days in the wrong order', { muteTimeIntervals: [{ name: 'n', timeIntervals: [{ weekdays: ['friday:monday'] }] }] }, 'muteTimeIntervals[0].timeIntervals[0].weekdays[0]: expected a day or days such as monday or monday:friday, got "friday:monday"'],
    ['months in the wrong order', { muteTimeIntervals: [{ name: 'n', timeIntervals: [{ months: ['may:january'] }] }] }, 'muteTimeIntervals[0].timeIntervals[0].months[0]: expected a month or months'],
    ['years in the wrong order', { muteTimeIntervals: [{ name: 'n', timeIntervals: [{ years: ['2030:2020'] }] }] }, 'muteTimeIntervals[0].timeIntervals[0].years[0]: expected a year or years'],
    ['an interval of nothing', { route: { receiver: 'team', repeatInterval: '0s' } }, 'route.repeatInterval: '],
  ])('%s', (_, changed, message) => {
    const found = problems('operator', changed);
    expect(found.map((line) => line.slice(0, message.length))).toEqual([message]);
  }); // prettier-ignore
});

test('a problem is reported with its line in the values file', () => {
  const text = [
    'kind: AlertmanagerCluster',
    'name: am',
    'form: operator',
    'peers: 3',
    'alertmanagerConfig:',
    '  route: { receiver: team }',
    '  receivers:',
    '    - name: team',
    '      webhookConfig:',
    '        - url: http://a.example.com',
  ].join('\n');
  expect(refusalsOf(text, 'values/am.yaml')).toEqual([
    'values/am.yaml:9: alertmanagerConfig.receivers[0].webhookConfig: unknown key; did you mean "webhookConfigs"?',
  ]);
});

describe('the version of the image', () => {
  const config = { ...team, ...received('webhook_configs', { url: 'http://a', news: 1 }) };
  const newer = {
    name: 'am',
    peers: 3,
    image: 'example/alertmanager:v0.40.0',
    config,
  };

  test('decides whether a setting that we do not know is refused or noted', () => {
    expect(problemsOf('AlertmanagerCluster', newer)).toEqual([]);
    expect(notesOf('AlertmanagerCluster', newer)).toEqual([
      expect.stringMatching(/^Alertmanager 0.34 does not know it: unknown key/),
    ]);
    expect(problemsOf('AlertmanagerCluster', { ...newer, image: 'example/alertmanager:main' })).toHaveLength(
      1,
    );
  });

  test.each<[string, object, string[]]>([
    ['a tag that is a version', { image: 'a/b:v0.34.2' }, []],
    ['no version', { image: 'a/b:main' }, ['its tag is not a version, and the operator would use its default version instead; set version']],
    ['a version beside', { image: 'a/b:main', version: 'v0.34.2' }, []],
  ])('is noted for the operator where it has %s', (_, props, notes) => {
    const operated = { name: 'am', form: 'operator', peers: 3, alertmanagerConfig: team, ...props };
    expect(problemsOf('AlertmanagerCluster', operated)).toEqual([]);
    expect(notesOf('AlertmanagerCluster', operated)).toEqual(notes);
  }); // prettier-ignore

  test('is refused where the operator does not read it', () => {
    expect(problems('standalone', {}, { version: 'v0.34.2' })).toEqual([
      'version: only the operator reads it; remove it',
    ]);
  });
});
