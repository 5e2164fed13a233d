import { plainSecrets } from '../../../src/alertmanager/plain-secrets.js';
import { secretFileProblems } from '../../../src/stack/alertmanager/secret-files.js';
import { unknownSettings } from '../../../src/alertmanager/config-schema.js';

const receiver = (settings: object) => ({ receivers: [{ name: 'team', ...settings }] });
const route = (settings: object) => ({ route: { receiver: 'team', ...settings } });
const hook = (http: object) => receiver({ webhook_configs: [{ url: 'http://a', http_config: http }] });

/** Keys that are settings elsewhere: a truth, secrets, and a section with a secret. */
const keys = { short: 'yes', continue: 'on', token: 'x', password: 'see vault', tls_config: { key: 'y' } };

/** Every map of Alertmanager's configuration whose keys users choose, by where it stands. */
const FREE_MAPS: [string, (map: object) => object][] = [
  ['match of the first route', (match) => route({ match })],
  ['match of a route within', (match) => route({ routes: [{ routes: [{ match }] }] })],
  ['match_re', (match_re) => route({ routes: [{ match_re }] })],
  ['labels of the first route', (labels) => route({ labels })],
  ['labels of a route', (labels) => route({ routes: [{ labels }] })],
  ['source_match', (source_match) => ({ inhibit_rules: [{ source_match }] })],
  ['source_match_re', (source_match_re) => ({ inhibit_rules: [{ source_match_re }] })],
  ['target_match', (target_match) => ({ inhibit_rules: [{ target_match }] })],
  ['target_match_re', (target_match_re) => ({ inhibit_rules: [{ target_match_re }] })],
  ['labels of a receiver', (labels) => receiver({ labels })],
  ['headers of an email', (headers) => receiver({ email_configs: [{ headers }] })],
  ['fields of Jira', (fields) => receiver({ jira_configs: [{ fields }] })],
  ['details of Opsgenie', (details) => receiver({ opsgenie_configs: [{ details }] })],
  ['details of PagerDuty', (details) => receiver({ pagerduty_configs: [{ details }] })],
  ['details within details', (inner) => receiver({ pagerduty_configs: [{ details: { inner } }] })],
  ['attributes of SNS', (attributes) => receiver({ sns_configs: [{ attributes }] })],
  ['custom fields of VictorOps', (custom_fields) => receiver({ victorops_configs: [{ custom_fields }] })],
  ['the payload of a webhook', (payload) => receiver({ webhook_configs: [{ payload }] })],
  ['a list in such a payload', (item) => receiver({ webhook_configs: [{ payload: [item] }] })],
  ['claims of OAuth', (claims) => hook({ oauth2: { claims } })],
  ['parameters of OAuth', (endpoint_params) => hook({ oauth2: { endpoint_params } })],
];

describe.each(FREE_MAPS)('in %s', (_where, config) => {
  test('no key is a setting, whatever its name', () => {
    expect([...plainSecrets(config(keys), []), ...unknownSettings(config(keys), [])]).toEqual([]);
  });

  test('no text is a file of a Secret', () => {
    const text = { runbook: '/etc/alertmanager/secrets/slack/url' };
    expect(secretFileProblems({ config: config(text) as never, secrets: [] })).toEqual([]);
  });

  test('a URL with a password is refused all the same', () => {
    const message = 'a password in a URL';
    const hint = 'remove it, and use a setting that reads it from a file';
    expect(plainSecrets(config({ link: 'https://me:secret@wiki.example.com' }), [])).toMatchObject([
      { message, hint },
    ]);
  });
});
