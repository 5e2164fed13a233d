import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { Matcher, selector } from '../../src/prometheus/promql.js';

test('promtool takes an expression with any label value for one selector', () => {
  const values = fc.sample(fc.string({ unit: 'grapheme', maxLength: 20 }), { numRuns: 300, seed: 7 });
  const hostile = ['"', '\\', '\\"', '"} or vector(1) or up{a="', '`', "'", '\n', '\t', '#'];
  const rules = [...hostile, ...values].map((value) => ({
    record: 'x',
    labels: { i: '1' },
    expr: String(selector('up', Matcher.equal('a', value))),
  }));
  const folder = mkdtempSync(path.join(tmpdir(), 'promql-'));
  try {
    writeFileSync(path.join(folder, 'rules.yml'), JSON.stringify({ groups: [{ name: 'x', rules }] }));
    const { stdout, stderr, error } = spawnSync('promtool', ['check', 'rules', '--lint=none', 'rules.yml'], {
      cwd: folder,
      encoding: 'utf8',
    });
    if (error)
      throw new Error('promtool is not installed; install it with: apt-get install prometheus', {
        cause: error,
      });
    expect(stdout + stderr).toContain(`SUCCESS: ${rules.length} rules found`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
