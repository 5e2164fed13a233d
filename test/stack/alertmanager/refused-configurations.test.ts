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
