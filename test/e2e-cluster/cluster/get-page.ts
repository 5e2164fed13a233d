import { request } from 'node:http';

/** Milliseconds until a client gives up: longer than a pod that ends may take for an answer. */
const PATIENCE = 60_000;

export interface Answer {
  /** Undefined if there is no answer. */
  readonly status: number | undefined;
  /** When the pod had taken the connection, or was known not to take it; as of `Date.now()`. It is never too early. */
  readonly connected: number;
}

/** Asks a pod for a page, without a retry. */
export function askPage(host: string, page: string): Promise<Answer> {
  return new Promise((resolve) => {
    let connected: number | undefined;
    const answer = (status: number | undefined) => resolve({ status, connected: connected ?? Date.now() });
    // Django refuses the address of a pod as a host.
    const options = {
      host,
      port: 5000,
      path: page,
      headers: { Host: 'localhost' },
      timeout: PATIENCE,
      agent: false,
    };
    const sent = request(options, (response) => {
      response
        .resume()
        .on('end', () => answer(response.statusCode))
        .on('error', () => answer(undefined));
    });
    sent.on('socket', (socket) => socket.on('connect', () => (connected = Date.now())));
    sent.on('timeout', () => sent.destroy(new Error('no answer')));
    sent.on('error', () => answer(undefined));
    sent.end();
  });
}

/** @returns the status of the answer; undefined if there is none */
export async function getPage(host: string, page: string): Promise<number | undefined> {
  return (await askPage(host, page)).status;
}
