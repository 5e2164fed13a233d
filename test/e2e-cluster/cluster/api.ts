import { Agent, request, type RequestOptions } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { listAt, textAt, type Manifest } from '../../../src/kubernetes/manifest.js';

/** How to reach an API server as one user. */
export interface Access {
  readonly host: string;
  readonly port: number;
  readonly ca: string;
  readonly token: string;
}

export type WatchEvent = 'ADDED' | 'MODIFIED' | 'DELETED';

interface Options {
  readonly body?: object;
  readonly contentType?: string;
  /** Ends the request. */
  readonly signal?: AbortSignal;
}

/** Any error answer of the API server. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }

  /** Whether the API server, or a webhook, refuses the object. All else is a failure, or a path that it does not have. */
  get isRefusal(): boolean {
    return [400, 403, 422].includes(this.status);
  }
}

/**
 * Milliseconds until an unused connection is closed. The API server closes it after 90 seconds: a request that is sent at that
 * moment fails.
 */
const UNUSED = 30_000;

/** A client of the API server: enough for a node, and for questions of a test. */
export class Api {
  private readonly agent: Agent;

  constructor(private readonly access: Access) {
    this.agent = new Agent({ keepAlive: true, ca: access.ca, maxSockets: 16, timeout: UNUSED });
  }

  async get(path: string): Promise<Manifest> {
    return JSON.parse(await this.send('GET', path)) as Manifest;
  }

  /** The items of a list. */
  async list(path: string): Promise<readonly Manifest[]> {
    return listAt(await this.get(path), 'items');
  }

  /** @returns the created object */
  async create(path: string, body: object): Promise<Manifest> {
    return JSON.parse(await this.send('POST', path, { body })) as Manifest;
  }

  async replace(path: string, body: object): Promise<void> {
    await this.send('PUT', path, { body });
  }

  async merge(path: string, body: object): Promise<void> {
    await this.send('PATCH', path, { body, contentType: 'application/merge-patch+json' });
  }

  async delete(path: string): Promise<void> {
    await this.send('DELETE', path);
  }

  /** The answer as text. @throws ApiError for a status of 400 and more */
  async send(method: string, path: string, options: Options = {}): Promise<string> {
    const response = await this.open(method, path, options);
    let text = '';
    for await (const chunk of response.setEncoding('utf8')) text += String(chunk);
    const status = response.statusCode ?? 0;
    if (status < 400) return text;
    throw new ApiError(status, `${method} ${path}: ${status} ${messageOf(text)}`);
  }

  /**
   * Tells every change of the objects at a path, and first all that exist, until `end` is called. A watch may break off; it
   * then tells all that exist again, and each that has been deleted meanwhile.
   */
  watch(path: string, tell: (event: WatchEvent, object: Manifest) => void): { end(): void } {
    const ended = new AbortController();
    const { signal } = ended;
    const known = new Map<string, Manifest>();
    const change = (event: WatchEvent, object: Manifest) => {
      if (signal.aborted) return;
      if (event === 'DELETED') known.delete(uidOf(object));
      else known.set(uidOf(object), object);
      tell(event, object);
    };
    const follow = async () => {
      const list = await this.get(path);
      const objects = listAt(list, 'items');
      const uids = new Set(objects.map(uidOf));
      for (const object of [...known.values()].filter((one) => !uids.has(uidOf(one))))
        change('DELETED', object);
      for (const object of objects) change('ADDED', object);
      const version = textAt(list, 'metadata', 'resourceVersion');
      const events = await this.open('GET', `${path}?watch=true&resourceVersion=${version}`, { signal });
      for await (const line of linesOf(events)) {
        const { type, object } = JSON.parse(line) as { type: WatchEvent | 'ERROR'; object: Manifest };
        // The API server no longer has the versions that follow.
        if (type === 'ERROR') return;
        change(type, object);
      }
    };
    const followAll = async () => {
      while (!signal.aborted) {
        // The API server ends a watch after some minutes, or is ending itself.
        await follow().catch(() => undefined);
        await pause(100);
      }
    };
    void followAll();
    return { end: () => ended.abort() };
  }

  /** Closes the connections. */
  end(): void {
    this.agent.destroy();
  }

  private open(
    method: string,
    path: string,
    { body, contentType = 'application/json', signal }: Options,
  ): Promise<IncomingMessage> {
    const { host, port, token } = this.access;
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': contentType };
    const options: RequestOptions = { host, port, path, method, headers, agent: this.agent, signal };
    return new Promise((resolve, reject) => {
      const sent = request(options, resolve).on('error', reject);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}

function uidOf(object: Manifest): string {
  return textAt(object, 'metadata', 'uid') ?? '';
}

async function* linesOf(response: IncomingMessage): AsyncGenerator<string> {
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) {
    const lines = (text + String(chunk)).split('\n');
    text = lines.pop() ?? '';
    yield* lines;
  }
}

function messageOf(text: string): string {
  try {
    const status: unknown = JSON.parse(text);
    const causes = listAt(status, 'details', 'causes').map((cause) => String(cause['message']));
    return [textAt(status, 'message') ?? text, ...causes].join('; ');
  } catch {
    return text;
  }
}
