import { describe, expect, test } from '@jest/globals';
import { synthesized } from '../../synthesized.js';
import {
  OTHER,
  POD,
  pod,
  ready,
  scrapedTwice,
  target,
  workers,
  wrongWith,
  type Case,
} from './alert-cases.js';
import { testRules } from './promtool.js';

// A sharded Prometheus: each shard scrapes the targets whose address falls to it, and evaluates all rules by itself.

/** The `up` of some workers of a pod, by their numbers. */
const some = (up: Readonly<Record<number, 0 | 1>>) =>
  Object.fromEntries(
    Object.entries(up).map(([worker, value]) => [`up{${target(POD, Number(worker))}}`, `${value}x60`]),
  );

const props = { workers: 8, alerts: { workersNotScraped: { sharded: true } } };
const NOTHING = { 'up{job="other"}': '1x60' };

describe('WorkersNotScraped in one shard', () => {
  const cases: Case[] = [
    { name: 'the shard has 3 of 8 workers, and all are up', props, series: some({ 2: 1, 5: 1, 8: 1 }), firing: [] },
    { name: 'the same without sharded', props: { workers: 8 }, series: some({ 2: 1, 5: 1, 8: 1 }), firing: [] },
    { name: 'one of the 3 workers of the shard is down', props, series: some({ 2: 1, 5: 0, 8: 1 }), firing: [pod(POD)] },
    { name: 'the only worker of the shard is down', props, series: some({ 5: 0 }), firing: [pod(POD)] },
    { name: 'one of the 3 is down, and each is scraped twice', props, series: scrapedTwice(some({ 2: 1, 5: 0, 8: 1 })), firing: [pod(POD)] },
    { name: 'the shard has no target', props, series: NOTHING, firing: [] },
    { name: 'the shard scrapes kube-state-metrics, and no worker of a ready pod', props, series: { ...some({ 5: 1 }), ...ready(OTHER) }, firing: [] },
    { name: 'a worker and two spare ports fell to the shard', props, series: some({ 2: 1, 9: 0, 10: 0 }), firing: [] },
    { name: 'spare ports are all that fell to the shard', props, series: some({ 9: 0, 10: 0 }), firing: [] },
    { name: 'an old pod with fewer workers lives on', props, series: workers(POD, 1, 1), firing: [] },
    { name: 'an old pod with more workers lives on', props, series: workers(POD, ...Array.from({ length: 12 }, () => 1 as const)), firing: [] },
    { name: 'the port of all workers is down', props: { ...props, metrics: { strategy: 'multiprocess' } }, series: { [`up{namespace="shop",job="shop",pod="${POD}",endpoint="metrics"}`]: '0x60' }, firing: [pod(POD)] },
    { name: 'another shard has the pod', props: { ...props, metrics: { strategy: 'multiprocess' } }, series: NOTHING, firing: [] },
  ]; // prettier-ignore

  test.each(cases)('$name: $firing.length fire', (given) => {
    expect(wrongWith('WorkersNotScraped', given)).toBe('');
  });

  test('says that it counts the targets of the shard alone', () => {
    const annotations = {
      summary: 'Workers of shop are not scraped.',
      description: `A shard of Prometheus scrapes only 2 of its targets in pod ${POD}. The metrics of the other workers are missing from every graph and alert. Read the log of the pod: it names each worker without a metrics port.`,
    };
    const firing = [{ labels: pod(POD), annotations }];
    const series = some({ 2: 1, 5: 0, 8: 1 });

    expect(testRules(synthesized(props), [{ alert: 'WorkersNotScraped', series, at: '20m', firing }])).toBe(
      '',
    );
  });
});
