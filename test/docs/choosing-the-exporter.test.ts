import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const text = readFileSync('docs/choosing-the-exporter.md', 'utf8');
const logger = readFileSync('src/worker-app/gunicorn/worker_metrics_json_logs.py', 'utf8');
const inForce = readFileSync('src/worker-app/gunicorn/worker_metrics_in_force.py', 'utf8');
const imageConfig = readFileSync('src/worker-app/gunicorn/worker_metrics_image_config.py', 'utf8');
const lines = readFileSync('src/worker-app/gunicorn/worker_metrics_access_lines.py', 'utf8');

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

test('the lines of the start that are shown are those that gunicorn logs', () => {
  const [, shown = ''] = /```text\n(configuration read[^]*?)```/.exec(text) ?? [];

  const beginnings = shown
    .trim()
    .split('\n')
    .map((line) => /^[a-z ]+(?= from |:)/.exec(line)?.[0]);
  expect(beginnings).toEqual(['configuration read', 'settings in force']);
  for (const beginning of beginnings) expect(inForce).toContain(beginning);
  for (const [, setting] of shown.matchAll(/(\w+)=/g)) expect(inForce).toContain(`"${setting}"`);
});

test('the variable that names another file of the image is the one that our configuration reads', () => {
  const [, variable = ''] = /^VARIABLE = "(.*?)"/m.exec(imageConfig) ?? [];

  expect(text).toContain(`  ${variable}: /app/conf/gunicorn.py`);
});
