import type { Manifest } from '../../src/kubernetes/manifest.js';

/** A PrometheusRule with one alert. */
export const alert = (rule: object): Manifest =>
  groups({ name: 'own', rules: [{ alert: 'Own', expr: 'up', ...rule }] });

const record = (rule: object) => groups({ name: 'own', rules: [{ record: 'own', expr: 'up', ...rule }] });

function groups(...all: object[]): Manifest {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name: 'own', namespace: 'default' },
    spec: { groups: all },
  };
}

/** An AlertmanagerConfig with one receiver. */
export function config(spec: object): Manifest {
  return {
    apiVersion: 'monitoring.coreos.com/v1alpha1',
    kind: 'AlertmanagerConfig',
    metadata: { name: 'own', namespace: 'default' },
    spec: { route: { receiver: 'team' }, receivers: [{ name: 'team' }], ...spec },
  };
}

/** An AlertmanagerConfig whose receiver has these settings. */
export const received = (list: string, settings: object): Manifest =>
  config({ receivers: [{ name: 'team', [list]: [settings] }] });

const KEY = { name: 'receivers', key: 'key' };
const http = (httpConfig: object) =>
  received('webhookConfigs', { url: 'http://hook.example.com', httpConfig });
const times = (interval: object) =>
  config({ muteTimeIntervals: [{ name: 'night', timeIntervals: [interval] }] });
const inner = (route: object) => config({ route: { receiver: 'team', routes: [route] } });

/** Rules that the operator's admission webhook refuses. */
export const BROKEN_RULES: Readonly<Record<string, Manifest>> = {
  'no PromQL': alert({ expr: 'sum(' }),
  'no expression': alert({ expr: '' }),
  'an unknown function': alert({ expr: 'rat(up[5m])' }),
  'a rate of an instant vector': alert({ expr: 'rate(up)' }),
  'a function without an argument': alert({ expr: 'clamp(up, 1)' }),
  'an aggregation without its number': alert({ expr: 'topk(up)' }),
  'a selector of every series': alert({ expr: '{job=""}' }),
  'no regular expression': alert({ expr: 'up{job=~"("}' }),
  'an unknown escape': alert({ expr: String.raw`up{job=~"\d"}` }),
  'a comparison of scalars': alert({ expr: '1 > 2' }),
  'a range of zero': alert({ expr: 'rate(up[0s])' }),
  'a group for a set operator': alert({ expr: 'a and on(job) group_left b' }),
  'a template that does not end': alert({ annotations: { summary: '{{ $labels.pod' } }),
  'an unknown function in a template': alert({ annotations: { summary: '{{ $value | humanise }}' } }),
  'an unknown variable in a template': alert({ labels: { pod: '{{ $lables.pod }}' } }),
  'an alert that is a series, too': alert({ record: 'own' }),
  'a series that waits': record({ for: '5m' }),
  'a series with annotations': record({ annotations: { summary: 'own' } }),
  'a series whose name has matchers': record({ record: 'own{job="a"}' }),
  'another name as a label': record({ labels: { __name__: 'other' } }),
  'a group without a name': groups({ name: '', rules: [] }),
  'two groups of one name': groups({ name: 'own', rules: [] }, { name: 'own', rules: [] }),
};

/** AlertmanagerConfigs that the operator's admission webhook, or the API server, refuses. */
export const BROKEN_CONFIGS: Readonly<Record<string, Manifest>> = {
  'a receiver that is not there': config({ route: { receiver: 'other' } }),
  'an inner receiver that is not there': inner({ receiver: 'other' }),
  'a first route without a receiver': config({ route: {} }),
  'two receivers of one name': config({ receivers: [{ name: 'team' }, { name: 'team' }] }),
  'a label twice in groupBy': config({ route: { receiver: 'team', groupBy: ['pod', 'pod'] } }),
  'a time interval that is not there': inner({ muteTimeIntervals: ['night'] }),
  'times over midnight': times({ times: [{ startTime: '22:00', endTime: '06:00' }] }),
  'days in the wrong order': times({ weekdays: ['friday:monday'] }),
  'months in the wrong order': times({ months: ['may:january'] }),
  'PagerDuty without a key': received('pagerdutyConfigs', {}),
  'a link without a scheme': received('pagerdutyConfigs', { routingKey: KEY, pagerDutyLinkConfigs: [{ href: 'a' }] }),
  'a URL without a host': received('opsgenieConfigs', { apiKey: KEY, apiURL: 'http://' }),
  'a responder without a name': received('opsgenieConfigs', { apiKey: KEY, responders: [{ type: 'team' }] }),
  'a webhook without a URL': received('webhookConfigs', {}),
  'a template that does not end': received('webhookConfigs', { url: 'http://{{ .a' }),
  'an email to nobody': received('emailConfigs', { from: 'a@example.com', smarthost: 'mail.example.com:25' }),
  'a field that VictorOps has': received('victoropsConfigs', { apiKey: KEY, routingKey: 'a', customFields: [{ key: 'entity_id', value: 'b' }] }),
  'a chat that is none': received('telegramConfigs', { botToken: KEY, chatID: 0 }),
  'a text in two styles': received('pushoverConfigs', { userKey: KEY, token: KEY, html: true, monospace: true }),
  'two ways to authenticate': http({ basicAuth: { username: KEY }, authorization: { credentials: KEY } }),
  'basic authorization': http({ authorization: { type: 'Basic', credentials: KEY } }),
  'a CA from two places': http({ tlsConfig: { ca: { secret: KEY, configMap: KEY } } }),
  'a certificate without its key': http({ tlsConfig: { cert: { secret: KEY } } }),
  'a proxy that is not named': http({ noProxy: 'a.example.com' }),
}; // prettier-ignore
