import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { RELABEL_ACTIONS, relabelingProblem, type Relabeling } from '../../src/prometheus/relabel-config.js';
import { checkConfig } from '../worker-app/alerts/promtool.js';
import { MISREAD, REFUSED, TAKEN } from './relabeling-cases.js';

/** What promtool says of steps in the words of prometheus.yml. */
function diagnosticsOf(steps: readonly Relabeling[]): string {
  const relabel_configs = steps.map(({ sourceLabels, targetLabel, ...same }) => ({
    ...same,
    source_labels: sourceLabels,
    target_label: targetLabel,
  }));
  return checkConfig({ scrape_configs: [{ job_name: 'x', relabel_configs }] });
}

test.each(REFUSED)('Prometheus refuses %j, too', (step) => {
  expect(diagnosticsOf([step])).toContain('FAILED');
});

test.each(MISREAD)('Prometheus itself has nothing against %j', (step) => {
  expect(diagnosticsOf([step])).toBe('');
});

test('Prometheus accepts the steps that we accept', () => {
  expect(diagnosticsOf(TAKEN)).toBe('');
});

test('Prometheus takes any step that we take', () => {
  const name = fc.constantFrom('a', '__meta_b', 'c_1');
  const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 2 });
  const step: fc.Arbitrary<Relabeling> = fc.record({
    action: maybe(fc.constantFrom(...RELABEL_ACTIONS)),
    sourceLabels: maybe(fc.array(name, { minLength: 1, maxLength: 2 })),
    separator: maybe(fc.constantFrom('', ';', ',')),
    targetLabel: maybe(fc.oneof(name, fc.constantFrom('$1', 'x_${1}', '${1}$2_'))),
    regex: maybe(fc.constantFrom('', '(.*)', 'x')),
    modulus: maybe(fc.constantFrom(1, 2)),
    replacement: maybe(
      fc.oneof(
        fc.constant('$1'),
        fc.string({ unit: fc.constantFrom('a', '1', '_', '$', '{', '}', '-'), maxLength: 6 }),
      ),
    ),
  });
  const taken = fc
    .sample(step, { numRuns: 5000, seed: 5 })
    .filter((given) => relabelingProblem(given) === undefined);

  expect(new Set(taken.map(({ action }) => action))).toEqual(new Set([undefined, ...RELABEL_ACTIONS]));
  expect(diagnosticsOf(taken)).toBe('');
});
