import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a Prometheus answers, which the tests decide. */
export class Listener {
  status: { readonly ready?: number; readonly reload?: number | 'never' } = {};
  /** What was asked, and what Prometheus would have read then. */
  readonly requests: string[] = [];

  /** @param current where the link leads */
  static async answering(otherwise: number, current: () => string): Promise<Listener> {
    const listener = new Listener(otherwise, current);
    await new Promise<void>((resolve) => listener.server.listen(0, '127.0.0.1', resolve));
    listener.address = `127.0.0.1:${(listener.server.address() as AddressInfo).port}`;
    return listener;
  }

  address = '';
  private readonly server: Server;

  private constructor(otherwise: number, current: () => string) {
    this.server = createServer((request, response) => {
      this.requests.push(`${request.method} ${request.url} ${current()}`);
      const { ready = otherwise, reload = otherwise } = this.status;
      const status = request.url === '/-/ready' ? ready : reload;
      if (status === 'never') return;
      response.statusCode = status;
      response.end('as the test says');
    });
  }

  end(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}
