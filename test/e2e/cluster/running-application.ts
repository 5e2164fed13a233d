import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, Chart } from 'cdk8s';
import type { Manifest } from '../../../src/kubernetes/manifest.js';
import { WorkerApp, type WorkerAppMetrics, type WorkerAppProps } from '../../../src/index.js';
import { freePorts } from './free-ports.js';
import { listeners } from './listeners.js';
import { Pod, type Image } from './pod.js';
import { Prometheus } from './prometheus.js';
import { pythonWith } from './python.js';
import { ruleFile, scrapeConfig } from './scrape-config.js';

const EXAMPLE = path.resolve('examples/django-app');

/** The name of the one pod. */
const POD = 'shop-0';

/** Service windows for the example's collector. */
const COMPONENTS = [
  {
    component: 'billing',
    labels: { team: 'a' },
    days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
    start: '00:00',
    end: '23:59',
    timeZone: 'Europe/Amsterdam',
  },
];

/** Seconds that gunicorn's workers have to finish their requests. */
export const GRACEFUL = 5;

/** The example application as its manifests say: one pod of it, and a Prometheus that scrapes as its monitor says. */
export class RunningApplication {
  static async start(props: Partial<WorkerAppProps> = {}): Promise<RunningApplication> {
    const { workers = 5, env, metrics, ...others } = props;
    const folder = mkdtempSync(path.join(tmpdir(), 'application-'));
    const port = await freePorts(workers + 1);
    const components = path.join(folder, 'components.json');
    writeFileSync(components, JSON.stringify(COMPONENTS));
    const applied: WorkerAppProps = {
      name: 'shop',
      namespace: 'e2e',
      image: 'example/django-app:1.0',
      workers,
      ...others,
      http: { port, healthPath: '/health/' },
      metrics: { interval: '1s', ...metrics },
      env: {
        PORT: String(port),
        DATABASE_NAME: path.join(folder, 'db.sqlite3'),
        ...(others.serviceWindows === undefined && { COMPONENTS_FILE: components }),
        ...env,
      },
    };
    const manifests = synthesized(applied);
    const image: Image = { folder: EXAMPLE, bin: pythonWith(path.join(EXAMPLE, 'requirements.txt')) };
    const pod = new Pod(image, manifests);
    pod.start();
    const prometheus = await Prometheus.start(scrapeConfig(manifests, POD), ruleFile(manifests));
    return new RunningApplication(applied, port, pod, prometheus, manifests, folder);
  }

  private constructor(
    private readonly applied: WorkerAppProps,
    readonly port: number,
    readonly pod: Pod,
    readonly prometheus: Prometheus,
    readonly manifests: readonly Manifest[],
    private readonly folder: string,
  ) {}

  get workers(): number {
    return this.applied.workers;
  }

  /** What its manifests would be with other `metrics`. */
  manifestsWith(metrics: WorkerAppMetrics): Manifest[] {
    return synthesized({ ...this.applied, metrics: { ...this.applied.metrics, ...metrics } });
  }

  /** A second Prometheus, which scrapes the same pod as other manifests say. */
  scrapedAs(manifests: readonly Manifest[]): Promise<Prometheus> {
    return Prometheus.start(scrapeConfig(manifests, POD));
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Asks for a path; the status of the answer, or 0 when none came. */
  async request(where: string): Promise<number> {
    try {
      const response = await fetch(this.url + where, { headers: { connection: 'close' } });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return 0;
    }
  }

  /** The process that serves each worker's metrics. */
  metricsProcesses(): number[] {
    const ports = Array.from({ length: this.workers }, (_, i) => this.port + 1 + i);
    return [...listeners(ports).values()];
  }

  /** Fails unless every worker's target was up at its latest scrape, each served by a process of its own. */
  async expectAllUp(): Promise<number[]> {
    const targets = await this.prometheus.targets();
    const up = targets.filter(({ health }) => health === 'up').length;
    const processes = new Set(this.metricsProcesses());
    if (targets.length !== this.workers || up !== this.workers || processes.size !== this.workers) {
      throw new Error(
        `${up} of ${targets.length} targets up, ${processes.size} processes, not ${this.workers}:\n${this.pod.log}`,
      );
    }
    return [...processes];
  }

  async end(): Promise<void> {
    await Promise.all([this.pod.end(), this.prometheus.end()]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function synthesized(props: WorkerAppProps): Manifest[] {
  const chart = new Chart(new App(), 'e2e');
  new WorkerApp(chart, 'app', props);
  return chart.toJson() as Manifest[];
}
