import { checkManifests } from '../../../src/checks/check-manifests.js';

const CONFIG = { route: { receiver: 'team' }, receivers: [{ name: 'team' }] };
const found = (spec: object) =>
  checkManifests([
    {
      apiVersion: 'monitoring.coreos.com/v1alpha1',
      kind: 'AlertmanagerConfig',
      metadata: { name: 'own', namespace: 'shop' },
      spec: { ...CONFIG, ...spec },
    },
  ]).map(({ rejectedBy, field, message }) => `${rejectedBy}: ${field}: ${message}`);
const received = (list: string, settings: object) => ({ receivers: [{ name: 'team', [list]: [settings] }] });

test.each<[string, object, string]>([
  ['a receiver that is not there', { route: { receiver: 'other' } }, 'route.receiver: there is no receiver "other"'],
  ['a first route without a receiver', { route: {} }, 'route.receiver: missing; expected the name of a receiver'],
  ['a webhook without a URL', received('webhookConfigs', {}), 'receivers[0].webhookConfigs[0]: url or urlSecret is missing'],
  ['a URL without a scheme', received('opsgenieConfigs', { apiURL: 'host' }), 'receivers[0].opsgenieConfigs[0].apiURL: expected a URL such as https://example.com/path (http or https), got "host"'],
  ['days in the wrong order', { muteTimeIntervals: [{ name: 'n', timeIntervals: [{ weekdays: ['friday:monday'] }] }] }, 'muteTimeIntervals[0].timeIntervals[0].weekdays[0]: expected a day or days such as monday or monday:friday, got "friday:monday"'],
  ['times over midnight', { muteTimeIntervals: [{ name: 'n', timeIntervals: [{ times: [{ startTime: '22:00', endTime: '06:00' }] }] }] }, 'muteTimeIntervals[0].timeIntervals[0].times[0]: 22:00 to 06:00 crosses midnight, but a range must be within one day'],
])('the operator refuses %s in any AlertmanagerConfig, and we before it', (_, spec, message) => {
  expect(found(spec)).toEqual([`operator: spec.${message}`]);
}); // prettier-ignore

test.each<[string, object]>([
  ['no route', { route: undefined }],
  ['matchers of the first route: it is under a route of the operator', { route: { receiver: 'team', matchers: [{ name: 'a', value: 'b' }] } }],
  ['Slack without a URL, which may be a global setting', received('slackConfigs', { channel: '#a' })],
  ['email without a server, which may be a global setting', received('emailConfigs', { to: 'a@example.com' })],
  ['days by their numbers', { muteTimeIntervals: [{ name: 'n', timeIntervals: [{ weekdays: ['1:5', 'saturday'] }] }] }],
])('an AlertmanagerConfig beside others may have %s', (_, spec) => {
  expect(found(spec)).toEqual([]);
}); // prettier-ignore
