import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { eventually } from './eventually.js';
import { GRACEFUL, INTERVAL, RunningApplication } from './running-application.js';

export type Exporter = 'app' | 'gunicorn';

/** The turns of a worker's life with one exporter: an application a test, and how many targets are up after each event. */
export class WorkerLife {
  private running: RunningApplication | undefined;
  private bootSeconds = 0;

  /** The rows of the table in docs/choosing-the-exporter.md. */
  private readonly measured: string[] = [];

  constructor(private readonly exporter: Exporter) {
    afterEach(() => this.running?.end());
    afterAll(() =>
      console.info(
        `| event | exporter | targets up after |\n| --- | --- | --- |\n${this.measured.join('\n')}`,
      ),
    );
  }

  get application(): RunningApplication {
    if (this.running === undefined) throw new Error('the application has not been started');
    return this.running;
  }

  /** Seconds in which every target must be up again, with those that workers take to boot on this machine. */
  get recovery(): number {
    return GRACEFUL + 2 * INTERVAL + this.bootSeconds;
  }

  /** Starts the application; resolves to the processes of its workers once all are scraped. */
  async start(gunicorn: object = {}): Promise<number[]> {
    this.running = await RunningApplication.start({
      metrics: { exporter: this.exporter },
      gunicorn: { gracefulTimeout: GRACEFUL, ...gunicorn },
    });
    const begin = Date.now();
    const processes = await eventually(60, () => this.application.expectAllUp());
    this.bootSeconds = (Date.now() - begin) / 1000;
    return processes;
  }

  /** All targets are up again, each served by a process that is none of the old ones. */
  async recovered(event: string, old: readonly number[]): Promise<number[]> {
    const processes = await eventually(this.recovery, async () => {
      const serving = await this.application.expectAllUp();
      expect(serving.filter((pid) => old.includes(pid))).toEqual([]);
      return serving;
    });
    this.measure(event, processes.length);
    return processes;
  }

  /** So many targets are up, and no process more has a port. */
  async settledAt(up: number, event: string): Promise<void> {
    await eventually(this.recovery, async () => {
      expect(await this.application.prometheus.value('sum(up)')).toBe(up);
      expect(this.application.metricsProcesses()).toHaveLength(up);
    });
    this.measure(event, up);
  }

  /** Gives every worker a request that lasts; resolves once none is left to answer another. */
  async keepEveryWorkerBusy(seconds: number): Promise<{ answered: Promise<number[]> }> {
    const { application } = this;
    const answers = Array.from({ length: application.workers }, () =>
      application.request(`/slow/?seconds=${seconds}`),
    );
    await eventually(seconds, async () =>
      expect(await application.request('/health/', { within: 0.3 })).toBe(0),
    );
    return { answered: Promise.all(answers) };
  }

  private measure(event: string, up: number): void {
    this.measured.push(`| ${event} | ${this.exporter} | ${up} of ${this.application.workers} |`);
  }
}

/** What a worker survives whoever serves its metrics: its port is free when it is gone. */
export function testDeathAndReplacement(life: WorkerLife): void {
  describe('every target is up again', () => {
    test('after kill -9 of a worker', async () => {
      const [worker = 0] = await life.start();

      process.kill(worker, 'SIGKILL');

      await life.recovered('kill -9 of a worker', [worker]);
    });

    test('after workers were replaced by max_requests, under load', async () => {
      const before = await life.start({ maxRequests: 20, maxRequestsJitter: 10 });

      const statuses = new Set<number>();
      await eventually(30, async () => {
        const answers = await Promise.all(Array.from({ length: 10 }, () => life.application.request('/')));
        for (const status of answers) statuses.add(status);
        expect(life.application.metricsProcesses().filter((pid) => before.includes(pid))).toEqual([]);
      });

      await life.recovered('max_requests under load', before);
      expect([...statuses]).toEqual([200]);
    });
  });
}
