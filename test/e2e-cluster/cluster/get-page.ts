import { request } from 'node:http';

/** Asks a pod for a page, without a retry. @returns the status of the answer; undefined if there is none */
export function getPage(host: string, page: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    // Django refuses the address of a pod as a host.
    const options = {
      host,
      port: 5000,
      path: page,
      headers: { Host: 'localhost' },
      timeout: 20_000,
      agent: false,
    };
    const sent = request(options, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    });
    sent.on('timeout', () => sent.destroy(new Error('no answer')));
    sent.on('error', () => resolve(undefined));
    sent.end();
  });
}
