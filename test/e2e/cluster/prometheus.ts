import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventually } from './eventually.js';
import { freePorts } from './free-ports.js';
import { need, Program } from './program.js';
import { PrometheusApi } from './prometheus-api.js';

/** A real Prometheus on loopback. */
export class Prometheus extends PrometheusApi {
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
    await eventually(async () => {
      if (program.hasEnded) throw new Error(program.text);
      const { ok } = await fetch(`${prometheus.url}/-/ready`);
      if (!ok) throw new Error('Prometheus is not ready');
    });
    return prometheus;
  }

  private constructor(
    private readonly program: Program,
    private readonly folder: string,
    url: string,
  ) {
    super(url);
  }

  async end(): Promise<void> {
    await this.program.end();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
