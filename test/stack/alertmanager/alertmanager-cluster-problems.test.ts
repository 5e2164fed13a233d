import { formatDiagnostic, placed } from '../../../src/diagnostics/diagnostic.js';
import { loadOperatorModels } from '../../../src/alertmanager/operator-models.js';
import { notesOf, problemsOf } from '../../values/of-kind.js';

beforeAll(loadOperatorModels);

const good = {
  name: 'alertmanager',
  peers: 3,
  config: { route: { receiver: 'team' }, receivers: [{ name: 'team' }] },
};
const { config, ...bare } = good;
const operated = { ...bare, form: 'operator' };

const diagnosticsOf = (value: unknown) =>
  problemsOf('AlertmanagerCluster', value).map((problem) => formatDiagnostic(placed(problem, {})));

test('a cluster with a name, peers and a configuration is right', () => {
  expect(diagnosticsOf(good)).toEqual([]);
  expect(diagnosticsOf({ ...operated, configFrom: { secret: 'a', key: 'alertmanager.yaml' } })).toEqual([]);
});

const NAME =
  'a DNS-1035 label (lowercase letters, digits and "-", a letter first, no "-" last, at most 52 characters)';

const OPERATED =
  'name: alertmanager-operated is the name of the Service that the prometheus-operator creates for all Alertmanagers of a namespace; choose another name';

test.each([
  ['no peers', { ...good, peers: 0 }, 'peers: expected a whole number from 1 to 9, got 0'],
  ['peers missing', { ...good, peers: undefined }, 'peers: missing; expected a whole number from 1 to 9'],
  ['a quoted number', { ...good, peers: '3' }, 'peers: expected a whole number from 1 to 9, got "3"; remove the quotes'],
  ['a misspelt key', { ...good, peer: 3 }, 'peer: unknown key; did you mean "peers"?'],
  ['a name that is too long for pods', { ...good, name: 'a'.repeat(53) }, `name: expected ${NAME}, got "${'a'.repeat(53)}"`],
  ['an empty label', { ...good, label: '' }, 'label: expected a name such as monitoring/alertmanager (printable ASCII without spaces, at most 253 characters), got ""'],
  ['a URL with a password', { ...good, externalUrl: 'https://me:secret@alerts.example.com' }, 'externalUrl: the URL contains a user or password, which everyone could read; take it out'],
  ['clients without a label', { ...good, clients: [{ labels: {} }] }, 'clients[0].labels: expected at least one label (without labels, all pods would be selected), got an empty map'],
  ['no configuration', bare, 'the configuration is missing; set config or configFrom'],
  ['no configuration for the operator', operated, 'the configuration is missing; set alertmanagerConfig or configFrom'],
  ['two configurations', { ...good, configFrom: { secret: 'a', key: 'b' } }, 'config: there is configFrom too; remove one of the two'],
  ['a configuration of the other form', { ...good, form: 'operator' }, 'config: the operator form does not support it; set alertmanagerConfig or configFrom instead'],
  ['a ConfigMap for the operator', { ...operated, configFrom: { configMap: 'a', key: 'alertmanager.yaml' } }, 'configFrom: the operator reads only a Secret; set { secret, key }'],
  ['another key for the operator', { ...operated, configFrom: { secret: 'a', key: 'am.yml' } }, 'configFrom.key: the operator reads only the key alertmanager.yaml, got "am.yml"'],
  ['a name that is too long for the operator', { ...operated, name: 'a'.repeat(40), alertmanagerConfig: config }, 'name: 40 characters; the operator names the StatefulSet alertmanager-<name>, which leaves 39; shorten it'],
  ["the name of the operator's own Service", { ...good, name: 'alertmanager-operated' }, OPERATED],
  ['that name in the form of the operator', { ...operated, name: 'alertmanager-operated', alertmanagerConfig: config }, OPERATED],
  ['a Secret that is mounted twice', { ...good, secrets: ['a', 'b', 'a'] }, 'secrets[2]: "a" is in the list already, as number 1; remove one of the two'],
  ['storage of nothing', { ...good, storage: { size: '0Gi' } }, 'storage.size: nothing fits into 0; remove storage, or raise its size'],
])('%s is refused', (_name, value, message) => {
  expect(diagnosticsOf(value)).toEqual([message]);
}); // prettier-ignore

describe('the configuration', () => {
  const configured = (config: object) => diagnosticsOf({ ...good, config: { ...good.config, ...config } });

  test.each([
    ['a receiver that is none', { route: { receiver: 'taem' } }, 'config.route.receiver: there is no receiver "taem"; did you mean "team"?'],
    ['such a receiver far inside', { route: { receiver: 'team', routes: [{ routes: [{ receiver: 'pager' }] }] } }, 'config.route.routes[0].routes[0].receiver: there is no receiver "pager"; there are team'],
    ['a time interval that is none', { route: { receiver: 'team', routes: [{ mute_time_intervals: ['nights'] }] } }, 'config.route.routes[0].mute_time_intervals[0]: there is no time interval "nights"; there are none'],
    ['one name for two receivers', { receivers: [{ name: 'team' }, { name: 'team' }] }, 'config.receivers[1].name: "team" is the name of another receiver too'],
    ['a range that crosses midnight', { time_intervals: [{ name: 'nights', time_intervals: [{ times: [{ start_time: '22:00', end_time: '06:00' }] }] }] }, 'config.time_intervals[0].time_intervals[0].times[0]: 22:00 to 06:00 crosses midnight, but a range must be within one day; write two, 22:00 to 24:00 and, on the next day, 00:00 to 06:00'],
    ['a truth as YAML 1.1 writes it', { receivers: [{ name: 'team', webhook_configs: [{ url: 'http://a', send_resolved: 'yes' }] }] }, 'config.receivers[0].webhook_configs[0].send_resolved: expected true or false, got "yes"'],
    ['a secret in plain text', { receivers: [{ name: 'team', pagerduty_configs: [{ routing_key: 'k' }] }] }, 'config.receivers[0].pagerduty_configs[0].routing_key: a secret in plain text; put it in a Secret, list the Secret in secrets, and set routing_key_file: /etc/alertmanager/secrets/<secret>/<key>'],
    ["Slack's URL in plain", { receivers: [{ name: 'team', slack_configs: [{ api_url: 'https://hooks.slack.example/T/B/x' }] }] }, 'config.receivers[0].slack_configs[0].api_url: a secret in plain text; put it in a Secret, list the Secret in secrets, and set api_url_file: /etc/alertmanager/secrets/<secret>/<key>'],
    ['a password in a URL', { receivers: [{ name: 'team', webhook_configs: [{ url: 'http://me:secret@hook.example.com' }] }] }, 'config.receivers[0].webhook_configs[0].url: a password in a URL; remove it, and use a setting that reads it from a file'],
    ['one label to group by twice', { route: { receiver: 'team', group_by: ['job', 'job'] } }, 'config.route.group_by[1]: "job" is in the list already, as number 1; remove one of the two'],
    ['an unknown section', { receiver: [] }, 'config.receiver: unknown key; did you mean "receivers"?'],
    ['the list of time intervals by its former name', { mute_time_intervals: [{ name: 'nights' }] }, 'config.mute_time_intervals: deprecated in Alertmanager; move its items to time_intervals, and leave the mute_time_intervals of routes unchanged'],
    ['a record of events', { event_recorder: { stdout_outputs: [{}] } }, 'config.event_recorder: Alertmanager uses it only with --enable-feature=event-recorder, and the pods start without this flag; remove it'],
    ['traces that go nowhere', { tracing: { sampling_fraction: 1 } }, 'config.tracing.endpoint: missing; expected an address such as otel-collector.tracing.svc:4317'],
    ['a truth of tracing as YAML 1.1 writes it', { tracing: { endpoint: 'otel:4317', insecure: 'yes' } }, 'config.tracing.insecure: expected true or false, got "yes"'],
  ])('with %s is refused', (_name, config, message) => {
    expect(configured(config)).toEqual([message]);
  }); // prettier-ignore

  test('that sends traces is right', () => {
    expect(
      configured({ tracing: { endpoint: 'otel:4317', insecure: true, sampling_fraction: 0.5 } }),
    ).toEqual([]);
  });

  const within = (times: object) =>
    configured({ time_intervals: [{ name: 'days', time_intervals: [{ times: [times] }] }] });
  const at = 'config.time_intervals[0].time_intervals[0].times[0]';

  test.each([
    [
      '9:00',
      '17:00',
      [`${at}.start_time: expected a time of day from "00:00" to "24:00", got "9:00"; write "09:00"`],
    ],
    ['09:00', 1020, [`${at}.end_time: expected a time of day from "00:00" to "24:00", got 1020`]],
    ['09:00', undefined, [`${at}.end_time: missing; expected a time of day from "00:00" to "24:00"`]],
    ['09:00', '09:00', [`${at}: 09:00 to 09:00 is an empty range; a whole day is 00:00 to 24:00`]],
    ['22:00', '00:00', [`${at}.end_time: 00:00 is the start of a day; a range until midnight ends at 24:00`]],
    [
      '24:00',
      '06:00',
      [`${at}.start_time: 24:00 is the end of a day; a range from midnight starts at 00:00`],
    ],
    ['00:00', '24:00', []],
  ])('of a range from %j to %j names the fault', (start_time, end_time, messages) => {
    expect(within({ start_time, end_time })).toEqual(messages);
  });

  describe('that names a file of a Secret', () => {
    const named = (file: string, secrets?: readonly string[]) => {
      const receivers = [{ name: 'team', slack_configs: [{ api_url_file: file }] }];
      return diagnosticsOf({ ...good, config: { ...good.config, receivers }, secrets });
    };
    const noFile = (name: string) =>
      `config.receivers[0].slack_configs[0].api_url_file: no pod has this file: the Secret "${name}" is not in secrets`;

    test.each([
      ['/etc/alertmanager/secrets/slack/url', ['mail', 'slack']],
      ['/etc/alertmanager/templates/slack/url', []],
      ['/etc/alertmanager/secrets/*/url', []],
    ])('is right with %s where the Secrets are %j', (file, secrets) => {
      expect(named(file, secrets)).toEqual([]);
    });

    test.each([
      [['receivers'], 'receiver', '; did you mean "receivers"?'],
      [['mail'], 'slack', '; add it there'],
      [undefined, 'slack', '; add it there'],
    ])('is refused where the Secrets are %j and it names %s', (secrets, name, hint) => {
      expect(named(`/etc/alertmanager/secrets/${name}/url`, secrets)).toEqual([`${noFile(name)}${hint}`]);
    });
  });

  test('that is not there at all is named as missing', () => {
    expect(diagnosticsOf({ ...bare, config: {} })).toEqual([
      'config.route: missing; expected a map',
      'config.receivers: missing; expected a list',
    ]);
  });
});

describe("the configuration in the operator's words", () => {
  const configured = (changed: object) =>
    diagnosticsOf({ ...operated, alertmanagerConfig: { ...config, ...changed } });
  const nights = (...times: object[]) => ({
    muteTimeIntervals: [{ name: 'nights', timeIntervals: [{ times }] }],
  });

  test('that names existing ones is right', () => {
    const route = { receiver: 'team', routes: [{ muteTimeIntervals: ['nights'], groupBy: ['job'] }] };
    expect(configured({ route, ...nights({ startTime: '00:00', endTime: '06:00' }) })).toEqual([]);
  });

  test.each([
    ['a misspelt section', { rout: {} }, 'rout: unknown key; did you mean "route"?'],
    ['a misspelt setting of a route', { route: { receiver: 'team', routes: [{ recevier: 'team' }] } }, 'route.routes[0].recevier: unknown key; did you mean "receiver"?'],
    ['a receiver that is none', { route: { receiver: 'taem' } }, 'route.receiver: there is no receiver "taem"; did you mean "team"?'],
    ['no receiver', { route: {} }, 'route.receiver: missing; expected a name'],
    ['one name for two receivers', { receivers: [{ name: 'team' }, { name: 'team' }] }, 'receivers[1].name: "team" is the name of another receiver too'],
    ['a time interval to mute that is none', { route: { receiver: 'team', routes: [{ muteTimeIntervals: ['nights'] }] } }, 'route.routes[0].muteTimeIntervals[0]: there is no time interval "nights"; there are none'],
    ['an active time interval that is none', { route: { receiver: 'team', routes: [{ activeTimeIntervals: ['night'] }] }, ...nights() }, 'route.routes[0].activeTimeIntervals[0]: there is no time interval "night"; did you mean "nights"?'],
    ['one time interval twice', { route: { receiver: 'team', routes: [{ muteTimeIntervals: ['nights', 'nights'] }] }, ...nights() }, 'route.routes[0].muteTimeIntervals[1]: "nights" is in the list already, as number 1; remove one of the two'],
    ['a short time', nights({ startTime: '9:00', endTime: '17:00' }), 'muteTimeIntervals[0].timeIntervals[0].times[0].startTime: expected a time of day from "00:00" to "24:00", got "9:00"; write "09:00"'],
    ['a password in a URL', { receivers: [{ name: 'team', webhookConfigs: [{ url: 'http://me:secret@hook.example.com' }] }] }, 'receivers[0].webhookConfigs[0].url: a password in a URL; remove it, and use a setting that reads it from a Secret'],
  ])('with %s is refused', (_name, changed, message) => {
    expect(configured(changed)).toEqual([`alertmanagerConfig.${message}`]);
  }); // prettier-ignore

  test('that is not there at all is named as missing', () => {
    expect(diagnosticsOf({ ...operated, alertmanagerConfig: {} })).toEqual([
      'alertmanagerConfig.route: missing; expected a map',
      'alertmanagerConfig.receivers: missing; expected a list',
    ]);
  });
});

test.each([
  [1, ['a single Alertmanager is not a cluster: while it is down, no notifications are sent; set peers to 3 or 5']],
  [2, ['2 is even: this works, because Alertmanager needs no majority, but after a network split neither half may be the larger one; 3 or 5 are usual']],
  [3, []],
])('of %d peers it is noted', (peers, notes) => {
  expect(notesOf('AlertmanagerCluster', { ...good, peers })).toEqual(notes);
}); // prettier-ignore
