import { describe, expect, test } from '@jest/globals';
import { at } from '../../../src/kubernetes/manifest.js';
import { ofKind, synthesized } from '../../synthesized.js';
import {
  OTHER,
  POD,
  pod,
  scrapedTwice,
  target,
  throughService,
  workers,
  wrongWith,
  type Case,
} from './alert-cases.js';
import { valueOf } from './promtool.js';

// A plain `kubectl apply` leaves the old PodMonitor or Service behind: every worker is scraped twice.

const UP = { up: 1, down: 0 } as const;
const eight = (live: number) => Array.from({ length: 8 }, (_, i) => (i < live ? UP.up : UP.down));
const all = { namespace: 'shop', job: 'shop' };

describe('workers that are scraped twice', () => {
  const props = { workers: 8 };
  const cases: Case[] = [
    { name: '4 of 8 workers are down', props, series: scrapedTwice(workers(POD, ...eight(4))), firing: [pod(POD)] },
    { name: 'one of 8 workers is down', props, series: scrapedTwice(workers(POD, ...eight(7))), firing: [pod(POD)] },
    { name: 'no worker is up', props, series: scrapedTwice(workers(POD, ...eight(0))), firing: [pod(POD)] },
    { name: 'all workers are up', props, series: scrapedTwice(workers(POD, ...eight(8))), firing: [] },
    { name: 'one of two pods has lost 4', props, series: scrapedTwice({ ...workers(POD, ...eight(4)), ...workers(OTHER, ...eight(8)) }), firing: [pod(POD)] },
    { name: 'an old Service is left beside the new one', props, series: { ...throughService('shop', workers(POD, ...eight(4))), ...throughService('shop-metrics', workers(POD, ...eight(4))) }, firing: [pod(POD)] },
    { name: 'one of the two monitors cannot scrape them', props, series: { ...scrapedTwice(workers(POD, ...eight(8))), ...workers(POD, ...eight(0)) }, firing: [] },
    { name: 'spare ports are served by nobody', series: scrapedTwice(workers(POD, 1, 1, 1, 1, 0, 0)), firing: [] },
    { name: 'old pods with fewer workers live on', series: scrapedTwice({ ...workers(POD, 1, 1), ...workers(OTHER, 1, 1, 1, 1) }), firing: [] },
    { name: 'the port of all workers is down', props: { metrics: { strategy: 'multiprocess' } }, series: scrapedTwice({ [`up{namespace="shop",job="shop",pod="${POD}",endpoint="metrics"}`]: '0x60' }), firing: [pod(POD)] },
    { name: 'both addresses of a pod are scraped', props, series: { ...ofAddress('10.0.0.7:8001', eight(4)), ...ofAddress('[fd00::7]:8001', eight(4)) }, firing: [pod(POD)] },
    { name: 'a relabeling gives all workers of a pod one instance', props, series: ofAddress(POD, eight(4)), firing: [pod(POD)] },
  ]; // prettier-ignore

  test.each(cases)('WorkersNotScraped: $name: $firing.length fire', (given) => {
    expect(wrongWith('WorkersNotScraped', given)).toBe('');
  });

  test('restart too often once', () => {
    const series = scrapedTwice({ [`process_start_time_seconds{${target(POD, 1)}}`]: '0+60x60' });
    const firing = [{ ...all, pod: POD, endpoint: 'metrics-1', severity: 'warning' }];

    expect(wrongWith('WorkerRestartsTooOften', { name: '', series, firing })).toBe('');
  });

  test.each([
    ['namespace_job_pod:up:sum', workers(POD, 1, 1, 0, 1), { ...all, pod: POD }, 3],
    ['namespace_job_pod:up:count', workers(POD, 1, 1, 0, 1), { ...all, pod: POD }, 4],
    [
      'namespace_job_pod:process_resident_memory_bytes:sum',
      { [`process_resident_memory_bytes{${target(POD, 1)}}`]: '100x60', [`process_resident_memory_bytes{${target(POD, 2)}}`]: '20x60' },
      { ...all, pod: POD },
      120,
    ],
    [
      'namespace_job_status:django_http_responses:rate',
      { [`django_http_responses_total_by_status_total{${target(POD, 1)},status="200"}`]: '0+60x60', [`django_http_responses_total_by_status_total{${target(POD, 2)},status="200"}`]: '0+120x60' },
      { ...all, status: '200' },
      3,
    ],
    [
      'namespace_job_le:django_http_requests_latency_seconds:rate',
      { [`django_http_requests_latency_seconds_by_view_method_bucket{${target(POD, 1)},view="a",method="GET",le="1"}`]: '0+60x60', [`django_http_requests_latency_seconds_by_view_method_bucket{${target(POD, 1)},view="b",method="GET",le="1"}`]: '0+60x60' },
      { ...all, le: '1' },
      2,
    ],
  ])('are recorded once in %s', (record, series, labels, value) => {
    const manifests = synthesized({ alerts: true });

    expect(valueOf(manifests, { series: scrapedTwice(series), record, at: '30m', labels, value })).toBe('');
  }); // prettier-ignore

  test('have one line each in the panels of single workers', () => {
    const [dashboard] = ofKind(synthesized({ dashboard: true }), 'ConfigMap');
    const { panels } = JSON.parse(
      Object.values(at(dashboard, 'data') as Record<string, string>)[0] ?? '',
    ) as {
      panels: { title: string; targets?: { expr: string }[] }[];
    };
    const of = (title: string) => panels.find((panel) => panel.title === title)?.targets?.[0]?.expr ?? title;
    const series = scrapedTwice({
      [`django_http_requests_total_by_method_total{${target(POD, 1)},method="GET"}`]: '0+60x60',
      [`django_http_requests_total_by_method_total{${target(POD, 1)},method="POST"}`]: '0+60x60',
      [`process_resident_memory_bytes{${target(POD, 1)}}`]: '100x60',
      [`process_start_time_seconds{${target(POD, 1)}}`]: '0x20 1x40',
    });

    for (const [title, value] of Object.entries({
      'Requests by worker': 2,
      'Memory by worker': 100,
      'Restarts by worker': 1,
    })) {
      const sum = { record: `sum(${of(title)})`, labels: {}, value };
      expect(valueOf(synthesized({ dashboard: true }), { series, at: '30m', ...sum })).toBe('');
    }
  });
});

/** The workers of a pod as they are found under one `instance`. */
function ofAddress(instance: string, up: readonly (0 | 1)[]) {
  return Object.fromEntries(
    Object.entries(workers(POD, ...up)).map(([name, values]) => [
      name.replace('{', `{instance="${instance}",`),
      values,
    ]),
  );
}
