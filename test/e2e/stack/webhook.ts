import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A receiver that remembers what it was notified of. */
export class Webhook {
  static async start(): Promise<Webhook> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Webhook(server);
  }

  /** Names of the alerts of each notification. */
  readonly notifications: string[][] = [];

  private constructor(private readonly server: Server) {
    server.on('request', (request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => {
        const { alerts } = JSON.parse(body) as { alerts: { labels: { alertname: string } }[] };
        this.notifications.push(alerts.map(({ labels }) => labels.alertname));
        response.end();
      });
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  /** How often it was notified of an alert. */
  countOf(alert: string): number {
    return this.notifications.filter((alerts) => alerts.includes(alert)).length;
  }

  async end(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
