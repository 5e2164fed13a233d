import { truthProblems } from '../../src/alertmanager/truths.js';
import { formatPath } from '../../src/problems/problem.js';

const said = (config: object) =>
  truthProblems(config, []).map(({ path, message }) => `${formatPath(path)}: ${message}`);

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
  expect(said(config)).toEqual([`${path}: expected true or false, got "yes"`]);
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
  expect(said({ receivers: [{ [`${by}_configs`]: [settings] }] })).toEqual([
    `receivers[0].${by}_configs[0].${path}: expected true or false, got "yes"`,
  ]);
}); // prettier-ignore

test('a truth is neither a number nor a list', () => {
  const email = { require_tls: 1, send_resolved: ['no'] };
  expect(said({ receivers: [{ email_configs: [email] }] })).toEqual([
    'receivers[0].email_configs[0].require_tls: expected true or false, got 1',
    'receivers[0].email_configs[0].send_resolved[0]: expected true or false, got "no"',
  ]);
});

test.each([
  ['what is one', { email_configs: [{ send_resolved: true, require_tls: false }] }],
  ['the text of an email, though Pushover has a truth of that name', { email_configs: [{ html: 'yes' }] }],
])('%s is right', (_what, receiver) => {
  expect(said({ receivers: [receiver] })).toEqual([]);
});
