import { isKnown, UNKNOWN } from './words.js';
import type { Server } from './server-options.js';
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

/** Where a server listens if nothing sets it. uWSGI has no default. */
export const DEFAULT_ADDRESSES: Readonly<
  Record<Server, { readonly host: string; readonly port: number } | undefined>
> = {
  gunicorn: { host: '127.0.0.1', port: 8000 },
  uvicorn: { host: '127.0.0.1', port: 8000 },
  fastapi: { host: '0.0.0.0', port: 8000 },
  hypercorn: { host: '127.0.0.1', port: 8000 },
  granian: { host: '127.0.0.1', port: 8000 },
  uwsgi: undefined,
  daphne: { host: '127.0.0.1', port: 8000 },
  'waitress-serve': { host: '0.0.0.0', port: 8080 },
  flask: { host: '127.0.0.1', port: 5000 },
  runserver: { host: '127.0.0.1', port: 8000 },
};

/** The addresses that the settings of a server contain. None if it listens on its default address. */
export function addressesOf(process: ServerProcess): Address[] {
  switch (process.server) {
    case 'gunicorn':
    case 'hypercorn':
      return process.settings('bind').flatMap((setting) => binds(setting));
    case 'runserver':
      return process.settings('bind').slice(-1).map(addressOfRunserver);
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

/** The default port of the servers with such a setting. */
const DEFAULT_PORT = 8000;

function binds(setting: Setting): Address[] {
  return setting.value
    .split(',')
    .map((address) => ({ ...parseAddress(address.trim(), DEFAULT_PORT), setting }));
}

/** `8000`, `0.0.0.0:8000` */
function addressOfRunserver(setting: Setting): Address {
  const address = /^[0-9]+$/.test(setting.value) ? `127.0.0.1:${setting.value}` : setting.value;
  return { ...parseAddress(address), setting };
}

/** `--listen` of waitress, a socket or a descriptor replaces host and port. */
function hostAndPort(process: ServerProcess): Address[] {
  const replaced = process.settings('bind');
  if (replaced.length > 0)
    return replaced.map((setting) => ({
      ...(setting.inWords.startsWith('--listen')
        ? parseAddress(setting.value)
        : { host: UNKNOWN, port: undefined }),
      setting,
    }));
  const port = process.settings('port').at(-1);
  if (port === undefined) return [];
  const host =
    process.settings('host').at(-1)?.value ?? DEFAULT_ADDRESSES[process.server]?.host ?? '127.0.0.1';
  return [{ host, port: /^[0-9]+$/.test(port.value) ? Number(port.value) : undefined, setting: port }];
}

/** Parses `127.0.0.1:8000`, `[::1]:8000`, `:8000`, or a host, which gets the default port. */
export function parseAddress(address: string, defaultPort?: number): Pick<Address, 'host' | 'port'> {
  const [, host = '', digits] = /^(?:tcp:\/\/)?(\[[^\]]*\]|[^:[\]]*)(?::([0-9]+))?$/.exec(address) ?? [];
  if (!isKnown(address)) return { host: UNKNOWN, port: digits === undefined ? undefined : Number(digits) };
  const isAddress = digits !== undefined || (host !== '' && !host.includes('/'));
  return { host, port: digits === undefined ? (isAddress ? defaultPort : undefined) : Number(digits) };
}
