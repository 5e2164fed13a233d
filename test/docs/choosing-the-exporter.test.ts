import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const text = readFileSync('docs/choosing-the-exporter.md', 'utf8');
const logger = readFileSync('src/gunicorn/worker_metrics_json_logs.py', 'utf8');
const lines = readFileSync('src/gunicorn/worker_metrics_access_lines.py', 'utf8');

test('the access line that is shown has the event and the fields of every real one', () => {
  const [, json = ''] = /```json\n([^]*?)```/.exec(text) ?? [];
  const shown = JSON.parse(json) as Record<string, unknown>;

  const [, event] = /self\.access_log\.info\("(.*?)"/.exec(logger) ?? [];
  const [, fields = ''] = /def access_fields\([^]*?return \{\n([^]*?)\n {4}\}/.exec(lines) ?? [];
  const names = Array.from(fields.matchAll(/^ +"(\w+)":/gm), ([, name]) => name);

  expect(shown['event']).toBe(event);
  expect(names).toContain('request');
  expect(Object.keys(shown)).toEqual(['level', 'logger', 'timestamp', 'event', ...names]);
});
