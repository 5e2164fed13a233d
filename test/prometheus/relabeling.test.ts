import { relabelingProblem } from '../../src/prometheus/relabel-config.js';
import { problemsOf, shopWith } from '../a-worker-app.js';
import { MISREAD, REFUSED, TAKEN } from './relabeling-cases.js';

test.each([...REFUSED, ...MISREAD])('%j is refused', (step, sentence) => {
  expect(problemsOf(shopWith({ metrics: { relabelings: [step] } }))).toEqual([
    `metrics.relabelings[0]: ${sentence}`,
  ]);
  expect(problemsOf(shopWith({ metrics: { metricRelabelings: [{ action: 'drop' }, step] } }))).toEqual([
    `metrics.metricRelabelings[1]: ${sentence}`,
  ]);
});

test.each(TAKEN)('%j is taken', (step) => {
  expect(relabelingProblem(step)).toBeUndefined();
});

test('a template of any length is judged at once', () => {
  const replacement = `${'$1a'.repeat(20_000)}-`;

  expect(relabelingProblem({ action: 'labelmap', replacement })?.message).toMatch(
    /^the action labelmap makes names/,
  );
});
