import { createServer, type Server } from 'node:http';
import { freePorts } from '../cluster/free-ports.js';

/** Answers the hook as a Prometheus would, well or as the tests decide. */
export class StandInPrometheus {
  /** @param current where the link leads */
  static async start(current: () => string): Promise<StandInPrometheus> {
    const prometheus = new StandInPrometheus(current);
    const port = await freePorts(1);
    await new Promise<void>((resolve) => prometheus.server.listen(port, '127.0.0.1', resolve));
    prometheus.address = `127.0.0.1:${port}`;
    return prometheus;
  }

  /** Nobody else listens there after its end. */
  address = '';
  /** @default 200 to each */
  status: { readonly ready?: number; readonly reload?: number | 'never' } = {};
  /** The requests, and the configuration that Prometheus would have read then. */
  readonly requests: string[] = [];
  private readonly server: Server;

  private constructor(current: () => string) {
    this.server = createServer((request, response) => {
      this.requests.push(`${request.method} ${request.url} ${current()}`);
      const { ready = 200, reload = 200 } = this.status;
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
