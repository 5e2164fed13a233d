import { connect } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from './cluster/eventually.js';
import { RunningApplication } from './cluster/running-application.js';

let application: RunningApplication;

beforeAll(async () => {
  application = await RunningApplication.start({
    workers: 2,
    metrics: { exporter: 'gunicorn' },
    gunicorn: { logs: 'json', threads: 2 },
  });
  await eventually(() => application.expectAllUp());
});

afterAll(() => application.end());

interface LogLine extends Record<string, unknown> {
  readonly level: string;
  readonly logger: string;
  readonly timestamp: string;
}

/** What gunicorn and the application have logged: all that was written since gunicorn took over from start.sh. */
function logged(): LogLine[] {
  const { lines } = application.pod.master;
  return lines
    .slice(lines.findIndex((line) => line.startsWith('{')))
    .map((line) => JSON.parse(line) as LogLine);
}

/** Sends bytes as they are, and waits for the end of the answer. */
async function send(request: string | Buffer): Promise<void> {
  const socket = connect(application.port, '127.0.0.1');
  socket.end(request);
  socket.resume();
  await once(socket, 'close');
}

const HOSTILE_AGENTS = {
  'a quote': 'x" 200 0 "-" "forged',
  'a JSON object': '{"level": "critical", "logger": "forged"}',
  'a quote and a comma': 'x", "status": 999, "y": "',
  'bytes that are no UTF-8': Buffer.from([0xff, 0xfe, 0x80]).toString('latin1'),
  'a line separator': 'a\u2028b',
  '4,000 characters': 'x'.repeat(4000),
};

test.each(Object.entries(HOSTILE_AGENTS))(
  'a user agent with %s is one field of one line',
  async (name, agent) => {
    const path = `/?agent=${encodeURIComponent(name)}`;
    await send(
      Buffer.from(
        `GET ${path} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: ${agent}\r\nConnection: close\r\n\r\n`,
        'latin1',
      ),
    );

    const line = await eventually(() => {
      const found = logged().filter(({ request }) => String(request).includes(path));
      expect(found).toHaveLength(1);
      return found[0];
    });
    expect(line).toMatchObject({
      level: 'info',
      logger: 'gunicorn.access',
      host: '127.0.0.1',
      user: null,
      referer: null,
      status: 200,
    });
    expect(typeof line?.['size']).toBe('number');
    expect(typeof line?.['agent']).toBe('string');
  },
);

test('a request that is no HTTP leaves every line whole', async () => {
  await send('GET /\r\n{"level": "critical"}\r\n\r\n');
  await send(Buffer.from([0x16, 0x03, 0x01, 0x00]));
  await send('GET / HTTP/1.1\r\nHost: localhost\r\nUser-Agent: \u001b[31mred\r\n\r\n');

  expect(logged().every(({ level, logger, timestamp }) => level && logger && timestamp)).toBe(true);
});

test('a page that fails logs its traceback in one line', async () => {
  expect(await application.request('/fail/')).toBe(500);

  await eventually(() => {
    const errors = logged().filter(({ level }) => level === 'error');
    expect(JSON.stringify(errors)).toContain('this page always fails');
  });
});
