import { formatDiagnostic, placed } from '../../../src/diagnostics/diagnostic.js';
import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { problemsOf } from '../../values/of-kind.js';
import { valueProblemsIn } from '../../../src/alertmanager/config-schema.js';

const diagnosticsOf = (config: object) =>
  valueProblemsIn(config, []).map((problem) => formatDiagnostic(placed(problem, {})));

test.each([
  ['continue', { route: { routes: [{ continue: 'yes' }] } }, 'route.routes[0].continue'],
  ['smtp_require_tls', { global: { smtp_require_tls: 'yes' } }, 'global.smtp_require_tls'],
  ['smtp_force_implicit_tls', { global: { smtp_force_implicit_tls: 'yes' } }, 'global.smtp_force_implicit_tls'],
  ['tls_config', { global: { smtp_tls_config: { insecure_skip_verify: 'yes' } } }, 'global.smtp_tls_config.insecure_skip_verify'],
  ['follow_redirects', { global: { http_config: { follow_redirects: 'yes' } } }, 'global.http_config.follow_redirects'],
  ['enable_http2', { global: { http_config: { enable_http2: 'yes' } } }, 'global.http_config.enable_http2'],
  ['proxy_from_environment', { global: { http_config: { oauth2: { proxy_from_environment: 'yes' } } } }, 'global.http_config.oauth2.proxy_from_environment'],
  ['insecure', { tracing: { insecure: 'yes' } }, 'tracing.insecure'],
])('%s of all receivers is refused as the text "yes"', (_name, config, path) => {
  expect(diagnosticsOf(config)).toEqual([`${path}: expected true or false, got "yes"`]);
}); // prettier-ignore

test.each([
  ['webhook', { send_resolved: 'yes' }, 'send_resolved'],
  ['email', { require_tls: 'yes' }, 'require_tls'],
  ['email', { force_implicit_tls: 'yes' }, 'force_implicit_tls'],
  ['email', { threading: { enabled: 'yes' } }, 'threading.enabled'],
  ['jira', { summary: { enable_update: 'yes' } }, 'summary.enable_update'],
  ['mattermost', { fields: [{ short: 'yes' }] }, 'fields[0].short'],
  ['mattermost', { priority: { requested_ack: 'yes' } }, 'priority.requested_ack'],
  ['mattermost', { priority: { persistent_notifications: 'yes' } }, 'priority.persistent_notifications'],
  ['opsgenie', { update_alerts: 'yes' }, 'update_alerts'],
  ['pushover', { html: 'yes' }, 'html'],
  ['pushover', { monospace: 'yes' }, 'monospace'],
  ['rocketchat', { actions: [{ iswebview: 'yes' }] }, 'actions[0].iswebview'],
  ['rocketchat', { actions: [{ msginchatwindow: 'yes' }] }, 'actions[0].msginchatwindow'],
  ['slack', { link_names: 'yes' }, 'link_names'],
  ['slack', { short_fields: 'yes' }, 'short_fields'],
  ['slack', { update_message: 'yes' }, 'update_message'],
  ['sns', { use_aws_http_client: 'yes' }, 'use_aws_http_client'],
  ['sns', { sigv4: { use_fips_sts_endpoint: 'yes' } }, 'sigv4.use_fips_sts_endpoint'],
  ['telegram', { disable_notifications: 'yes' }, 'disable_notifications'],
])('of a receiver by %s, %j is refused', (by, settings, path) => {
  expect(diagnosticsOf({ receivers: [{ [`${by}_configs`]: [settings] }] })).toEqual([
    `receivers[0].${by}_configs[0].${path}: expected true or false, got "yes"`,
  ]);
}); // prettier-ignore

test('a boolean is neither a number nor a list', () => {
  const email = { require_tls: 1, send_resolved: ['no'] };
  expect(diagnosticsOf({ receivers: [{ email_configs: [email] }] })).toEqual([
    'receivers[0].email_configs[0].require_tls: expected true or false, got 1',
    'receivers[0].email_configs[0].send_resolved: expected true or false, got a list',
  ]);
});

test.each([
  ['what is one', { email_configs: [{ send_resolved: true, require_tls: false }] }],
  ['the text of an email, though Pushover has a truth of that name', { email_configs: [{ html: 'yes' }] }],
])('%s is right', (_what, receiver) => {
  expect(diagnosticsOf({ receivers: [receiver] })).toEqual([]);
});

test('a configuration with every kind of receiver and setting, which amtool 0.34 takes, is right', () => {
  const config = load(readFileSync(new URL('every-setting.yaml', import.meta.url), 'utf8'));
  expect(problemsOf('AlertmanagerCluster', { name: 'alertmanager', peers: 3, config })).toEqual([]);
});

const DURATION = 'a duration such as 30s or 5m (units y w d h m s ms in this order)';
const route = (settings: object) => ({ route: { receiver: 'team', ...settings } });
const rule = (settings: object) => ({ inhibit_rules: [settings] });
const days = (settings: object) => ({ time_intervals: [{ name: 'days', time_intervals: [settings] }] });
const receiver = (list: string, settings: object) => ({ receivers: [{ name: 'team', [list]: [settings] }] });

test.each<[object, string]>([
  [route({ group_wait: '1x' }), `route.group_wait: expected ${DURATION}, got "1x"`],
  [route({ group_wait: 30 }), `route.group_wait: expected ${DURATION}, got 30`],
  [route({ group_interval: '0s' }), `route.group_interval: expected ${DURATION}, above zero, got "0s"`],
  [route({ routes: {} }), 'route.routes: expected a list, got an empty map'],
  [route({ routes: ['a'] }), 'route.routes[0]: expected a map, got "a"'],
  [route({ match_re: { a: '(' } }), 'route.match_re.a: expected a regular expression in Alertmanager\'s syntax (RE2), got "("'],
  [route({ routes: [{ matchers: ['a=~"("'] }] }), 'route.routes[0].matchers[0]: "(" is no regular expression (RE2: no look-ahead, no back-references)'],
  [rule({ source_matchers: ['severity'] }), 'inhibit_rules[0].source_matchers[0]: expected matchers such as severity="critical" or team=~"web|db", got "severity"'],
  [rule({ target_matchers: { a: 'b' } }), 'inhibit_rules[0].target_matchers: expected a list, got a map with a'],
  [days({ weekdays: ['friday:monday'] }), 'time_intervals[0].time_intervals[0].weekdays[0]: expected a day or days such as monday or monday:friday, got "friday:monday"'],
  [days({ days_of_month: ['0'] }), 'time_intervals[0].time_intervals[0].days_of_month[0]: expected a day of the month from 1 to 31, or -1 to -31 from its end, or 1:7, got "0"'],
  [days({ months: ['13x'] }), 'time_intervals[0].time_intervals[0].months[0]: expected a month or months such as january, 1 or june:august, got "13x"'],
  [days({ location: 'Europe/Amsterdm' }), 'time_intervals[0].time_intervals[0].location: expected a time zone such as Europe/Berlin, got "Europe/Amsterdm"'],
  [{ global: { smtp_smarthost: 'mail.example.com' } }, 'global.smtp_smarthost: expected an address with a port such as smtp.example.com:587, got "mail.example.com"'],
  [receiver('webhook_configs', { url: 'hook.example.com' }), 'receivers[0].webhook_configs[0].url: expected a URL such as https://example.com/path (http or https), got "hook.example.com"'],
  [receiver('webhook_configs', { max_alerts: '5' }), 'receivers[0].webhook_configs[0].max_alerts: expected a whole number from 0, got "5"'],
  [receiver('telegram_configs', { parse_mode: 'html' }), 'receivers[0].telegram_configs[0].parse_mode: expected one of Markdown, MarkdownV2, HTML, got "html"'],
  [receiver('pushover_configs', { retry: '1d' }), 'receivers[0].pushover_configs[0].retry: expected a duration such as 30s or 1h30m (units h m s ms), got "1d"'],
])('%j is refused', (config, message) => {
  expect(diagnosticsOf(config)).toEqual([message]);
}); // prettier-ignore

test.each([
  'a=b',
  'a="b"',
  '{a="b", c!~"d|e",}',
  'a=b,c=d',
  'foo=~[a-zA-Z]+',
  'foo="a\\d"',
  '"ünï"="x"',
  'a=',
  '',
  '{}',
])('the matcher %j is right', (matcher) => {
  expect(diagnosticsOf(route({ matchers: [matcher] }))).toEqual([]);
});
