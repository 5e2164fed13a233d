import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A request that lasts: a server reads on, until the request is released. */
export class UnfinishedRequest {
  private answer = '';
  private readonly socket: Socket;

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1').setEncoding('utf8');
    this.socket.on('data', (text: string) => (this.answer += text));
    this.socket.on('error', (error) => (this.answer += String(error)));
    this.socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n');
  }

  /** Lets the server answer. @returns the first line of the answer */
  async release(): Promise<string> {
    if (!this.socket.closed) {
      const closed = once(this.socket, 'close');
      this.socket.write('\r\n');
      await closed;
    }
    return this.answer.split('\r\n')[0] ?? '';
  }
}
