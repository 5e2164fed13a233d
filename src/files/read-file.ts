import { closeSync, constants, openSync, readSync, statSync, type Stats } from 'node:fs';
import { memo } from '../memo.js';

/** Maximum size of a file. A longer text does not fit into a string of V8. */
const MAX_BYTES = 256 * 1024 * 1024;
const CHUNK_BYTES = 65_536;
const PAUSE_MS = 10;

/** The memory into which files are read, one after the other: a new one for each file takes longer than to read it. */
const CHUNK = memo(() => Buffer.allocUnsafe(CHUNK_BYTES));

/** A file that this program refuses to read. The message is the reason. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';

  /** @param hint the fix */
  constructor(
    message: string,
    readonly hint?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Options for reading a file. */
export interface FileReading {
  /** Whether the file is known to be a regular file. @default false */
  readonly isRegular?: boolean;
}

/**
 * Reads a regular file, or a descriptor that the shell opened: `/dev/stdin`, `<(…)`.
 *
 * @throws UnreadableFile for a folder, a pipe, a socket, a device, or endless input; a system error if it cannot be read
 */
export function readFile(file: string, { isRegular = false }: FileReading = {}): Buffer {
  const descriptor = descriptorOf(file);
  if (descriptor !== undefined) return readDescriptor(descriptor);
  if (!isRegular) refuseSpecial(statSync(file));
  // Don't block: the file may have been replaced by a pipe meanwhile.
  const opened = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    return readToEnd((buffer) => readSync(opened, buffer));
  } finally {
    closeSync(opened);
  }
}

/** Reads UTF-8 text, without its byte order mark. @throws as `readFile`; UnreadableFile for another encoding */
export function readTextFile(file: string, reading?: FileReading): string {
  return decoded(readFile(file, reading));
}

/** Reads a stream of UTF-8 text. @throws UnreadableFile for endless input, or another encoding */
export async function readTextStream(stream: AsyncIterable<Buffer | string>): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(Buffer.from(chunk));
    length += chunk.length;
    refuseLength(length);
  }
  return decoded(Buffer.concat(chunks));
}

/** The file descriptor in a path such as `/dev/stdin`; undefined for other paths. */
export function descriptorOf(file: string): number | undefined {
  if (file === '/dev/stdin') return 0;
  const [, number] = /^\/(?:dev|proc\/self)\/fd\/(\d+)$/.exec(file) ?? [];
  return number === undefined ? undefined : Number(number);
}

/** `not a regular file but a named pipe`; undefined for a regular file or a folder. */
export function specialFile(stat: Stats): string | undefined {
  const kind = stat.isFIFO() ? 'a named pipe' : stat.isSocket() ? 'a socket' : 'a device';
  return stat.isFile() || stat.isDirectory() ? undefined : `not a regular file but ${kind}`;
}

function refuseSpecial(stat: Stats): void {
  if (stat.isDirectory()) throw new UnreadableFile('a folder, where a file is expected');
  const special = specialFile(stat);
  if (special !== undefined) throw new UnreadableFile(special);
}

function refuseLength(bytes: number): void {
  if (bytes > MAX_BYTES) throw new UnreadableFile('longer than 256 MiB, or endless');
}

function readDescriptor(descriptor: number): Buffer {
  return readToEnd((buffer) => {
    for (;;) {
      try {
        return readSync(descriptor, buffer);
      } catch (error) {
        // The writer is slower than this program: wait. (For Node's own descriptors, EAGAIN would never end.)
        if (descriptor !== 0 || (error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
      }
    }
  });
}

function readToEnd(read: (buffer: Buffer) => number): Buffer {
  const chunks: Buffer[] = [];
  const buffer = CHUNK();
  let length = 0;
  for (let count = read(buffer); count > 0; count = read(buffer)) {
    chunks.push(Buffer.from(buffer.subarray(0, count)));
    length += count;
    refuseLength(length);
  }
  return Buffer.concat(chunks);
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true });

function decoded(bytes: Buffer): string {
  try {
    return UTF_8.decode(bytes);
  } catch (error) {
    throw new UnreadableFile('not UTF-8 text', 'save it in that encoding', { cause: error });
  }
}
