import { Socket } from 'node:net';
import { request } from 'node:http';
import { at, isMap, listAt, textAt, textListAt, type Manifest } from '../../../src/kubernetes/manifest.js';
import type { Container } from './container.js';

/** Whether a container answers its readiness probe; whether it runs, if it has none. */
export async function isReady(container: Container, address: string): Promise<boolean> {
  if (container.hasEnded) return false;
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
