import { isKnown, UNKNOWN } from './words.js';
import type { ServerProcess } from './server-process.js';
import type { Setting } from './setting-sources.js';

/** An address on which a server listens. */
export interface Address {
  /** UNKNOWN if only the running container knows it. */
  readonly host: string;
  /** Undefined for a socket, a descriptor, and a port that is not known. */
  readonly port: number | undefined;
  readonly setting: Setting;
}

/** The port of gunicorn, uvicorn, fastapi, hypercorn and granian if nothing sets it. */
export const DEFAULT_PORT = 8000;

/** The addresses that the settings of a server contain. None if it listens on its default address. */
export function addressesOf(process: ServerProcess): Address[] {
  switch (process.server) {
    case 'gunicorn':
    case 'hypercorn':
      return process.settings('bind').flatMap((setting) => binds(setting));
    case 'uwsgi':
      // Its own protocol (`--socket`) is for a proxy.
      return process
        .settings('bind')
        .filter(({ inWords }) => inWords.startsWith('--http'))
        .flatMap((setting) => binds(setting));
    default:
      return hostAndPort(process);
  }
}

function binds(setting: Setting): Address[] {
  return setting.value
    .split(',')
    .map((address) => ({ ...parseAddress(address.trim(), DEFAULT_PORT), setting }));
}

/** A socket or a descriptor replaces host and port. */
function hostAndPort(process: ServerProcess): Address[] {
  const [socket] = process.settings('bind');
  if (socket !== undefined) return [{ host: UNKNOWN, port: undefined, setting: socket }];
  const port = process.settings('port').at(-1);
  if (port === undefined) return [];
  const host = process.settings('host').at(-1)?.value ?? '127.0.0.1';
  return [{ host, port: /^[0-9]+$/.test(port.value) ? Number(port.value) : undefined, setting: port }];
}

/** Parses `127.0.0.1:8000`, `[::1]:8000`, `:8000`, or a host, which gets the default port. */
export function parseAddress(address: string, defaultPort?: number): Pick<Address, 'host' | 'port'> {
  const [, host = '', digits] = /^(?:tcp:\/\/)?(\[[^\]]*\]|[^:[\]]*)(?::([0-9]+))?$/.exec(address) ?? [];
  if (!isKnown(address)) return { host: UNKNOWN, port: digits === undefined ? undefined : Number(digits) };
  const isAddress = digits !== undefined || (host !== '' && !host.includes('/'));
  return { host, port: digits === undefined ? (isAddress ? defaultPort : undefined) : Number(digits) };
}
