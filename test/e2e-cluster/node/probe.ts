import { Socket } from 'node:net';
import { request } from 'node:http';
import { at, isMap, listAt, textAt, textListAt, type Manifest } from '../../../src/kubernetes/manifest.js';
import type { Container } from './container.js';

/**
 * Whether a container is ready, as its readiness probe says. A container that is ready is probed at the period of the probe, as
 * by a kubelet; one that is not, at each question.
 */
export class Readiness {
  private failures = Infinity;
  /** Time of the next probe. */
  private due = 0;
  private probed: number | undefined;

  constructor(
    private readonly container: Container,
    private readonly address: string,
  ) {}

  async isReady(): Promise<boolean> {
    const { container } = this;
    const pid = container.hasEnded ? undefined : container.pid;
    if (pid === undefined || pid !== this.probed) this.failures = Infinity;
    this.probed = pid;
    if (pid === undefined) return false;
    if (this.isReadyNow && Date.now() < this.due) return true;
    this.failures = (await answers(container, this.address)) ? 0 : this.failures + 1;
    this.due = Date.now() + this.setting('periodSeconds', 10) * 1000;
    return this.isReadyNow;
  }

  private get isReadyNow(): boolean {
    return this.failures < this.setting('failureThreshold', 3);
  }

  private setting(name: string, otherwise: number): number {
    return Number(at(this.container.object, 'readinessProbe', name) ?? otherwise);
  }
}

/** Whether a container answers its readiness probe; true if it has none. */
async function answers(container: Container, address: string): Promise<boolean> {
  const probe = at(container.object, 'readinessProbe');
  if (!isMap(probe)) return true;
  const timeout = Number(probe['timeoutSeconds'] ?? 1) * 1000;
  const port = portOf(container.object, at(probe, 'httpGet', 'port') ?? at(probe, 'tcpSocket', 'port'));
  if (isMap(probe['httpGet'])) return answersHttp(address, port, probe['httpGet'], timeout);
  if (isMap(probe['exec'])) return (await container.exec(textListAt(probe, 'exec', 'command'))) === 0;
  return accepts(address, port, timeout);
}

function portOf(container: Manifest, port: unknown): number {
  const named = listAt(container, 'ports').find(({ name }) => name === port);
  return Number(named?.['containerPort'] ?? port);
}

function answersHttp(host: string, port: number, get: Manifest, timeout: number): Promise<boolean> {
  const headers = Object.fromEntries(
    listAt(get, 'httpHeaders').map(({ name, value }) => [String(name), String(value)]),
  );
  return new Promise((resolve) => {
    const sent = request({ host, port, path: textAt(get, 'path') ?? '/', headers, timeout, agent: false });
    sent.on('response', (response) => {
      response.resume();
      resolve((response.statusCode ?? 500) < 400);
    });
    sent.on('timeout', () => sent.destroy(new Error('no answer')));
    sent.on('error', () => resolve(false));
    sent.end();
  });
}

function accepts(host: string, port: number, timeout: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new Socket().setTimeout(timeout);
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket
      .on('connect', () => end(true))
      .on('timeout', () => end(false))
      .on('error', () => end(false));
    socket.connect(port, host);
  });
}
