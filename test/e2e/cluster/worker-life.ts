import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { eventually } from './eventually.js';
import { accepters } from './listeners.js';
import { GRACEFUL, RunningApplication } from './running-application.js';
import { UnfinishedRequest } from './unfinished-request.js';

export type Exporter = 'app' | 'gunicorn';

/** Settings with which no worker is killed for a request that lasts. */
export const LASTING_REQUESTS = { timeout: 600, gracefulTimeout: 600 };

/** The turns of a worker's life with one exporter: an application a test, and how many targets are up after each event. */
export class WorkerLife {
  private running: RunningApplication | undefined;

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

  /** Starts the application; resolves to the processes of its workers once all are scraped. */
  async start(gunicorn: object = {}): Promise<number[]> {
    this.running = await RunningApplication.start({
      metrics: { exporter: this.exporter },
      gunicorn: { gracefulTimeout: GRACEFUL, ...gunicorn },
    });
    return eventually(() => this.application.expectAllUp());
  }

  /** All targets are up again, each served by a process that is none of the old ones. */
  async recovered(event: string, old: readonly number[]): Promise<number[]> {
    const processes = await eventually(async () => {
      const serving = await this.application.expectAllUp();
      expect(serving.filter((pid) => old.includes(pid))).toEqual([]);
      return serving;
    });
    this.measure(event, processes.length);
    return processes;
  }

  /** So many targets are up, and no process more has a port. */
  async settledAt(up: number, event: string): Promise<void> {
    await eventually(async () => {
      expect(await this.application.prometheus.value('sum(up)')).toBe(up);
      expect(this.application.metricsProcesses()).toHaveLength(up);
    });
    this.measure(event, up);
  }

  /** Gives every worker a request that lasts until it is released. */
  async keepEveryWorkerBusy(): Promise<UnfinishedRequest[]> {
    const { port, workers } = this.application;
    const requests = Array.from({ length: workers }, () => new UnfinishedRequest(port));
    await eventually(() => expect(new Set(accepters(port)).size).toBe(workers));
    return requests;
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
      await eventually(async () => {
        const answers = await Promise.all(Array.from({ length: 10 }, () => life.application.request('/')));
        for (const status of answers) statuses.add(status);
        expect(life.application.metricsProcesses().filter((pid) => before.includes(pid))).toEqual([]);
      });

      await life.recovered('max_requests under load', before);
      expect([...statuses]).toEqual([200]);
    });
  });
}
