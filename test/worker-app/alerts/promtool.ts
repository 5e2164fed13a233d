import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { at, type Manifest } from '../../../src/kubernetes/manifest.js';

/** One alert that must fire at a time; with its labels but for alertname. */
export interface Firing {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Series as promtool writes them, and which instances of an alert fire at a time of day one. */
export interface RuleTest {
  readonly series: Readonly<Record<string, string>>;
  readonly alert: string;
  readonly at: string;
  readonly firing: readonly Firing[];
}

/** What promtool says of the rules among manifests; an empty text when it finds nothing wrong. */
export function checkRules(manifests: readonly Manifest[]): string {
  return inFolder((folder) =>
    promtool(folder, 'check', 'rules', write(folder, 'rules.yml', rulesOf(manifests))),
  );
}

/** What promtool says of a prometheus.yml; an empty text when Prometheus would take it. */
export function checkConfig(config: object): string {
  return inFolder((folder) =>
    promtool(folder, 'check', 'config', '--syntax-only', write(folder, 'prometheus.yml', config)),
  );
}

/** What promtool says of tests; an empty text when all of them pass. */
export function testRules(manifests: readonly Manifest[], tests: readonly RuleTest[]): string {
  return inFolder((folder) => {
    write(folder, 'rules.yml', rulesOf(manifests));
    const file = write(folder, 'tests.yml', {
      rule_files: ['rules.yml'],
      evaluation_interval: '1m',
      tests: tests.map(({ series, alert, at: time, firing }) => ({
        interval: '1m',
        input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
        alert_rule_test: [
          {
            eval_time: time,
            alertname: alert,
            exp_alerts: firing.map(({ labels, annotations }) => ({
              exp_labels: labels,
              exp_annotations: annotations,
            })),
          },
        ],
      })),
    });
    return promtool(folder, 'test', 'rules', file);
  });
}

/** One value that an expression, or a recorded series, must have. */
export interface ValueTest {
  readonly series: Readonly<Record<string, string>>;
  readonly record: string;
  readonly at: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What promtool says of a value; an empty text when it is the expected one, and the only one. */
export function valueOf(
  manifests: readonly Manifest[],
  { series, record, at: time, labels, value }: ValueTest,
): string {
  const isSeries = /^[a-z_:]+$/.test(record);
  const matchers = Object.entries(labels).map(([name, text]) => `${name}="${text}"`);
  return inFolder((folder) => {
    write(folder, 'rules.yml', rulesOf(manifests));
    const file = write(folder, 'tests.yml', {
      rule_files: ['rules.yml'],
      evaluation_interval: '1m',
      tests: [
        {
          interval: '1m',
          input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
          promql_expr_test: [
            {
              expr: record,
              eval_time: time,
              exp_samples: [{ labels: `${isSeries ? record : ''}{${matchers.join(',')}}`, value }],
            },
          ],
        },
      ],
    });
    return promtool(folder, 'test', 'rules', file);
  });
}

/** The rule file that the operator writes for a PrometheusRule. */
export function rulesOf(manifests: readonly Manifest[]): object {
  const rule = manifests.find(({ kind }) => kind === 'PrometheusRule');
  return { groups: at(rule, 'spec', 'groups') };
}

function promtool(folder: string, ...args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync('promtool', args, { cwd: folder, encoding: 'utf8' });
  if (error)
    throw new Error('promtool is not installed; install it with: apt-get install prometheus', {
      cause: error,
    });
  return status === 0 ? '' : stdout + stderr;
}

function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(path.join(tmpdir(), 'promtool-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function write(folder: string, name: string, content: object): string {
  writeFileSync(path.join(folder, name), JSON.stringify(content)); // JSON is YAML
  return name;
}
