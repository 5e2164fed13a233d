import { describe, expect, test } from '@jest/globals';
import { ofKind, synthesized } from '../../synthesized.js';
import { BILLING, IN_WINDOW, OTHER, POD, pod, ready, wrongWith, workers, type Case } from './alert-cases.js';

/** Another container of the pod, scraped as the same job. */
const sidecar = (up: string) => ({
  [`up{namespace="shop",job="shop",pod="${POD}",container="proxy",endpoint="metrics"}`]: up,
});

describe('WorkersNotScraped', () => {
  const cases: Case[] = [
    { name: 'all workers of a pod are up', series: workers(POD, 1, 1, 1, 1), firing: [] },
    { name: 'one worker is down', series: workers(POD, 1, 1, 0, 1), firing: [pod(POD)] },
    { name: 'no worker of one pod is up', series: { ...workers(POD, 0, 0, 0, 0), ...workers(OTHER, 1, 1, 1, 1) }, firing: [pod(POD)] },
    { name: 'a worker is down in each of two pods', series: { ...workers(POD, 1, 0, 1, 1), ...workers(OTHER, 0, 1, 1, 1) }, firing: [pod(POD), pod(OTHER)] },
    { name: 'old pods with fewer workers live on', series: { ...workers(POD, 1, 1), ...workers(OTHER, 1, 1, 1, 1) }, firing: [] },
    { name: 'old pods with more workers live on', series: { ...workers(POD, 1, 1, 1, 1, 1, 1), ...workers(OTHER, 1, 1, 1, 1) }, firing: [] },
    { name: 'an old pod with fewer workers has lost one', series: { ...workers(POD, 1, 0), ...workers(OTHER, 1, 1, 1, 1) }, firing: [pod(POD)] },
    { name: 'spare ports are served by nobody', series: workers(POD, 1, 1, 1, 1, 0, 0), firing: [] },
    { name: 'an old pod with more workers has lost more than the difference', series: { ...workers(POD, 1, 1, 1, 0, 0, 0), ...workers(OTHER, 1, 1, 1, 1) }, firing: [pod(POD)] },
    { name: 'a worker is down, and a sidecar is up', series: { ...workers(POD, 1, 1, 0, 1), ...sidecar('1x60') }, firing: [pod(POD)] },
    { name: 'a sidecar is down', series: { ...workers(POD, 1, 1, 1, 1), ...sidecar('0x60') }, firing: [] },
    { name: 'a sidecar is all that is left', series: sidecar('1x60'), firing: [{ namespace: 'shop', job: 'shop', severity: 'critical' }] },
    { name: 'a sidecar is all that is left of a ready pod', series: { ...workers(OTHER, 1, 1, 1, 1), ...sidecar('1x60'), ...ready(POD) }, firing: [{ namespace: 'shop', pod: POD, severity: 'critical' }] },
    { name: 'workers are handed over for 4 minutes', series: workers(POD, 1, 1, 1, '1x10 0x3 1x40'), at: '15m', firing: [] },
    { name: 'a pod starts within 4 minutes', series: workers(POD, '0x4 1x40', '0x4 1x40', '0x4 1x40', '0x4 1x40'), firing: [] },
    { name: 'another application is down', series: { ...workers(POD, 1, 1, 1, 1), 'up{namespace="shop",job="other",pod="other-0"}': '0x60' }, firing: [] },
    { name: 'there is no target at all', series: { 'up{job="other"}': '1x60' }, firing: [{ namespace: 'shop', job: 'shop', severity: 'critical' }] },
    { name: 'there is no target, and there should be no pod', props: { replicas: 0 }, series: { 'up{job="other"}': '1x60' }, firing: [] },
    { name: 'a ready pod has no target', series: { ...workers(POD, 1, 1, 1, 1), ...ready(POD), ...ready(OTHER) }, firing: [{ namespace: 'shop', pod: OTHER, severity: 'critical' }] },
    { name: 'a pod without targets is not ready', series: { ...workers(POD, 1, 1, 1, 1), ...ready(POD), ...ready(OTHER, 'false') }, firing: [] },
    { name: "a Job's pod is named after the application", series: { ...workers(POD, 1, 1, 1, 1), ...ready('shop-migrate-x2x4z') }, firing: [] },
    { name: 'the port of all workers is down', props: { metrics: { strategy: 'multiprocess' } }, series: { [`up{namespace="shop",job="shop",pod="${POD}",endpoint="metrics"}`]: '0x60' }, firing: [pod(POD)] },
    { name: 'the port of all workers is up', props: { metrics: { strategy: 'multiprocess' } }, series: { [`up{namespace="shop",job="shop",pod="${POD}",endpoint="metrics"}`]: '1x60' }, firing: [] },
    { name: 'a pod ends within the 10 minutes that its workers have', props: { gunicorn: { gracefulTimeout: 600 } }, series: { ...workers(POD, ...Array.from({ length: 4 }, () => '1x5 0x10 stale')), ...workers(OTHER, 1, 1, 1, 1) }, at: '15m', firing: [] },
  ]; // prettier-ignore

  test.each(cases)('$name: $firing.length fire', (given) => {
    expect(wrongWith('WorkersNotScraped', given)).toBe('');
  });

  describe.each([46, 47, 48, 57, 58, 63])('of an application with %i characters in its name', (length) => {
    const name = 'a'.repeat(length);
    const up = { [`up{namespace="shop",job="${name}",pod="another",endpoint="metrics-1"}`]: '1x60' };
    /** What Kubernetes makes of a `generateName`. */
    const generated = (prefix: string) => `${prefix.slice(0, 58)}x2x4z`;

    test.each(['6b7f8c9d54', '7c5d6f8b4', '5d6f8'])('finds a ready pod without a target: %s', (hash) => {
      const found = generated(`${name}-${hash}-`);
      const firing = [{ namespace: 'shop', pod: found, severity: 'critical' }];
      const given: Case = { name: '', props: { name }, series: { ...up, ...ready(found) }, firing };

      expect(wrongWith('WorkersNotScraped', given)).toBe('');
    });

    test("takes no other's pods for its own", () => {
      const others = [
        generated(`another-${name}`),
        `${name.slice(0, 40)}-6b7f8c9d54-x2x4z`,
        ...(length < 56 ? [generated(`${name}-migrate-`)] : []),
      ];
      const series = Object.assign({}, up, ...others.map((pod) => ready(pod))) as Case['series'];

      expect(wrongWith('WorkersNotScraped', { name: '', props: { name }, series, firing: [] })).toBe('');
    });
  });

  test.each([
    ['ServiceMonitor', 'shared', undefined, 'shop'],
    ['ServiceMonitor', 'headless', undefined, 'shop'],
    ['PodMonitor', undefined, undefined, 'shop'],
    ['ServiceMonitor', 'shared', 'team', 'payments'],
    ['ServiceMonitor', 'shared', 'absent', 'shop'],
    ['ServiceMonitor', 'headless', 'absent', 'shop-metrics'],
    ['PodMonitor', undefined, 'absent', 'shop/shop'],
  ] as const)(
    'with %s, service %s and jobLabel %s it watches the job %s',
    (monitor, service, jobLabel, job) => {
      const manifests = synthesized({
        alerts: true,
        labels: { team: 'payments' },
        metrics: { monitor, service, jobLabel },
      });

      expect(JSON.stringify(ofKind(manifests, 'PrometheusRule'))).toContain(`job=\\"${job}\\"`);
    },
  );

  describe('only in a window', () => {
    const props = { alerts: { workersNotScraped: { onlyIn: 'billing' } }, serviceWindows: [BILLING] };
    const window = (metric: string, values: string) => ({ [IN_WINDOW.replace('in_window', metric)]: values });
    const down = workers(POD, 1, 0, 1, 1);
    const gone = { 'up{job="other"}': '1x600' };
    const absent = { namespace: 'shop', job: 'shop', severity: 'critical' };
    const minutes = (count: number) => count * 60;
    const cases: Case[] = [
      { name: 'inside', series: { ...down, ...window('in_window', '1x60') }, firing: [pod(POD)] },
      { name: 'outside', series: { ...down, ...window('in_window', '0x60') }, firing: [] },
      { name: 'nobody knows', series: down, firing: [pod(POD)] },
      { name: 'all is gone since it was inside', series: { ...gone, ...window('in_window', '1 1 stale'), ...window('next_start', `${minutes(900)}x1 stale`), ...window('next_end', `${minutes(400)}x1 stale`) }, at: '60m', firing: [absent] },
      { name: 'all is gone, and it would have ended since', series: { ...gone, ...window('in_window', '1 1 stale'), ...window('next_start', `${minutes(900)}x1 stale`), ...window('next_end', `${minutes(30)}x1 stale`) }, at: '60m', firing: [] },
      { name: 'all is gone since it was outside', series: { ...gone, ...window('in_window', '0 0 stale'), ...window('next_start', `${minutes(400)}x1 stale`), ...window('next_end', `${minutes(900)}x1 stale`) }, at: '60m', firing: [] },
      { name: 'all is gone, and it would have begun since', series: { ...gone, ...window('in_window', '0 0 stale'), ...window('next_start', `${minutes(30)}x1 stale`), ...window('next_end', `${minutes(900)}x1 stale`) }, at: '60m', firing: [absent] },
      { name: 'all is gone for longer than is remembered', series: { ...gone, ...window('in_window', '0 0 stale') }, at: '7h', firing: [absent] },
    ]; // prettier-ignore

    test.each(cases)('$name: $firing.length fire', (given) => {
      expect(wrongWith('WorkersNotScraped', { props, ...given })).toBe('');
    });
  });
});
