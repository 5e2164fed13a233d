import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventually } from './eventually.js';
import { freePorts } from './free-ports.js';
import { need, Program } from './program.js';

export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface ScrapeTarget {
  readonly labels: Readonly<Record<string, string>>;
  readonly health: 'up' | 'down' | 'unknown';
}

/** An alert that waits (`pending`) or fires. */
export interface Alert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly state: 'pending' | 'firing';
}

/** A real Prometheus on loopback. */
export class Prometheus {
  /** @param rules the content of a rule file */
  static async start(configuration: object, rules: object = {}): Promise<Prometheus> {
    need('prometheus', 'apt-get install prometheus');
    const folder = mkdtempSync(path.join(tmpdir(), 'prometheus-'));
    const file = path.join(folder, 'prometheus.yml');
    // JSON is YAML
    writeFileSync(file, JSON.stringify({ ...configuration, rule_files: ['rules.yml'] }));
    writeFileSync(path.join(folder, 'rules.yml'), JSON.stringify(rules));
    const address = `127.0.0.1:${await freePorts(1)}`;
    const program = new Program('prometheus', [
      `--config.file=${file}`,
      `--storage.tsdb.path=${path.join(folder, 'data')}`,
      `--web.listen-address=${address}`,
    ]);
    const prometheus = new Prometheus(program, folder, `http://${address}`);
    await eventually(20, async () => {
      if (program.hasEnded) throw new Error(program.text);
      const { ok } = await fetch(`${prometheus.url}/-/ready`);
      if (!ok) throw new Error('Prometheus is not ready');
    });
    return prometheus;
  }

  private constructor(
    private readonly program: Program,
    private readonly folder: string,
    private readonly url: string,
  ) {}

  async query(promql: string): Promise<Series[]> {
    const { result } = (await this.get(`query?query=${encodeURIComponent(promql)}`)) as {
      result: { metric: Record<string, string>; value: [number, string] }[];
    };
    return result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
  }

  /** The one value of a query that gives one. */
  async value(promql: string): Promise<number> {
    const series = await this.query(promql);
    if (series.length !== 1) throw new Error(`${promql} gives ${series.length} series, not one`);
    return series[0]?.value ?? Number.NaN;
  }

  async targets(): Promise<ScrapeTarget[]> {
    const { activeTargets } = (await this.get('targets?state=active')) as { activeTargets: ScrapeTarget[] };
    return activeTargets;
  }

  /** Those that wait or fire. */
  async alerts(): Promise<Alert[]> {
    const { alerts } = (await this.get('alerts')) as { alerts: Alert[] };
    return alerts;
  }

  /** Where it sends its alerts. */
  async alertmanagers(): Promise<string[]> {
    const { activeAlertmanagers } = (await this.get('alertmanagers')) as {
      activeAlertmanagers: { url: string }[];
    };
    return activeAlertmanagers.map(({ url }) => url);
  }

  async end(): Promise<void> {
    await this.program.end();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async get(what: string): Promise<unknown> {
    const response = await fetch(`${this.url}/api/v1/${what}`);
    const { status, data, error } = (await response.json()) as {
      status: string;
      data: unknown;
      error?: string;
    };
    if (status !== 'success') throw new Error(error);
    return data;
  }
}
