import { jest } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ApiObject, App, Chart } from 'cdk8s';
import { checkAtSynth } from '../../src/checks/check-at-synth.js';

test('app.synth() prints each warning once', () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
  const outdir = mkdtempSync(path.join(tmpdir(), 'worker-metrics-test-'));
  const app = new App({ outdir });
  const chart = new Chart(app, 'chart');
  new ApiObject(chart, 'a', { apiVersion: 'apps/v1', kind: 'ConfigMap', metadata: { name: 'a' } });
  checkAtSynth(app);
  app.synth();
  expect(warn.mock.calls).toEqual([
    [
      'warning: chart/a: ConfigMap default/a: apiVersion: Kubernetes has no ConfigMap of apps/v1; ConfigMap is of v1',
    ],
  ]);
  warn.mockRestore();
  rmSync(outdir, { recursive: true });
});
