import { alertmanagerClusterProblems } from '../../src/alertmanager/alertmanager-cluster-problems.js';
import { alertmanagerClusterNotes } from '../../src/alertmanager/alertmanager-cluster-rules.js';
import { formatPath } from '../../src/problems/problem.js';

const good = {
  name: 'alertmanager',
  peers: 3,
  config: { route: { receiver: 'team' }, receivers: [{ name: 'team' }] },
};
const { config: _, ...bare } = good;
const operated = { ...bare, form: 'operator' };

const said = (value: unknown) =>
  alertmanagerClusterProblems(value).map(({ path, message }) =>
    [formatPath(path), message].filter(Boolean).join(': '),
  );

test('a cluster with a name, peers and a configuration is right', () => {
  expect(said(good)).toEqual([]);
  expect(said({ ...operated, configFrom: { secret: 'a', key: 'alertmanager.yaml' } })).toEqual([]);
});

const NAME =
  'a DNS-1035 label (lowercase letters, digits and "-", a letter first, no "-" last, at most 52 characters)';

test.each([
  ['no peers', { ...good, peers: 0 }, 'peers: expected a whole number from 1 to 9, got 0'],
  ['peers missing', { ...good, peers: undefined }, 'peers: missing; expected a whole number from 1 to 9'],
  ['a quoted number', { ...good, peers: '3' }, 'peers: expected a whole number from 1 to 9, got "3"; remove the quotes'],
  ['a misspelt key', { ...good, peer: 3 }, 'peer: unknown key; did you mean "peers"?'],
  ['a name that is too long for pods', { ...good, name: 'a'.repeat(53) }, `name: expected ${NAME}, got "${'a'.repeat(53)}"`],
  ['an empty label', { ...good, label: '' }, 'label: expected a name such as monitoring/alertmanager (printable ASCII without spaces, at most 253 characters), got ""'],
  ['a URL with a password', { ...good, externalUrl: 'https://me:secret@alerts.example.com' }, 'externalUrl: a user or password in the URL, where all can read it; take it out'],
  ['no configuration', bare, 'there is no configuration; set config or configFrom'],
  ['no configuration for the operator', operated, 'there is no configuration; set alertmanagerConfig or configFrom'],
  ['two configurations', { ...good, configFrom: { secret: 'a', key: 'b' } }, 'config: there is configFrom too; remove one of the two'],
  ['a configuration of the other form', { ...good, form: 'operator' }, 'config: the operator form does not take it; set alertmanagerConfig or configFrom instead'],
  ['a ConfigMap for the operator', { ...operated, configFrom: { configMap: 'a', key: 'alertmanager.yaml' } }, 'configFrom: the operator reads a Secret only; give { secret, key }'],
  ['another key for the operator', { ...operated, configFrom: { secret: 'a', key: 'am.yml' } }, 'configFrom.key: the operator reads the key alertmanager.yaml only, got "am.yml"'],
  ['a name that is too long for the operator', { ...operated, name: 'a'.repeat(40), alertmanagerConfig: {} }, 'name: 40 characters; the operator names the StatefulSet alertmanager-<name>, which leaves 39; shorten it'],
  ['a Secret that is mounted twice', { ...good, secrets: ['a', 'b', 'a'] }, 'secrets[2]: "a" is in the list already, as number 1; remove one of the two'],
  ['storage of nothing', { ...good, storage: { size: '0Gi' } }, 'storage.size: nothing fits into 0; remove storage, or raise its size'],
])('%s is refused', (_name, value, message) => {
  expect(said(value)).toEqual([message]);
}); // prettier-ignore

describe('the configuration', () => {
  const configured = (config: object) => said({ ...good, config: { ...good.config, ...config } });

  test.each([
    ['a receiver that is none', { route: { receiver: 'taem' } }, 'config.route.receiver: there is no receiver "taem"; did you mean "team"?'],
    ['such a receiver far inside', { route: { receiver: 'team', routes: [{ routes: [{ receiver: 'pager' }] }] } }, 'config.route.routes[0].routes[0].receiver: there is no receiver "pager"; there are team'],
    ['a time interval that is none', { route: { receiver: 'team', routes: [{ mute_time_intervals: ['nights'] }] } }, 'config.route.routes[0].mute_time_intervals[0]: there is no time interval "nights"; there are none'],
    ['one name for two receivers', { receivers: [{ name: 'team' }, { name: 'team' }] }, 'config.receivers[1].name: "team" is the name of another receiver too'],
    ['a range that crosses midnight', { time_intervals: [{ name: 'nights', time_intervals: [{ times: [{ start_time: '22:00', end_time: '06:00' }] }] }] }, 'config.time_intervals[0].time_intervals[0].times[0]: 22:00 to 06:00 crosses midnight, which a range cannot; write two, 22:00 to 24:00 and 00:00 to 06:00'],
    ['a secret in plain', { receivers: [{ name: 'team', pagerduty_configs: [{ routing_key: 'k' }] }] }, 'config.receivers[0].pagerduty_configs[0].routing_key: a secret in plain; put it in a Secret, name that in secrets, and set routing_key_file: /etc/alertmanager/secrets/<secret>/<key>'],
    ["Slack's URL in plain", { receivers: [{ name: 'team', slack_configs: [{ api_url: 'https://hooks.slack.example/T/B/x' }] }] }, 'config.receivers[0].slack_configs[0].api_url: a secret in plain; put it in a Secret, name that in secrets, and set api_url_file: /etc/alertmanager/secrets/<secret>/<key>'],
    ['a password in a URL', { receivers: [{ name: 'team', webhook_configs: [{ url: 'http://me:secret@hook.example.com' }] }] }, 'config.receivers[0].webhook_configs[0].url: a password in a URL; take it out, and give it by a setting that reads it from a file'],
    ['an unknown section', { receiver: [] }, 'config.receiver: unknown key; did you mean "receivers"?'],
  ])('with %s is refused', (_name, config, message) => {
    expect(configured(config)).toEqual([message]);
  }); // prettier-ignore

  test('that is not there at all is named as missing', () => {
    expect(said({ ...bare, config: {} })).toEqual([
      'config.route: missing; expected a map',
      'config.receivers: missing; expected a list',
    ]);
  });
});

test.each([
  [1, ['one peer is no cluster: while it is away, nobody is notified']],
  [2, ['2 is even: Alertmanager needs no majority, so it works, but a network that splits in the middle has no larger half; 3 or 5 are usual']],
  [3, []],
])('of %d peers it is noted', (peers, notes) => {
  expect(alertmanagerClusterNotes({ name: 'alertmanager', peers }).map(({ message }) => message)).toEqual(notes);
}); // prettier-ignore
