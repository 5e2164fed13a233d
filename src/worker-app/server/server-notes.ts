import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import { DEFAULT_ADDRESSES } from '../../servers/server-addresses.js';
import { hasWorkers, type Server } from '../../servers/server-options.js';
import { READS_WEB_CONCURRENCY } from '../../servers/server-process.js';
import { isKnown } from '../../servers/words.js';
import { knownServer, type KnownServer, type ServerKeys } from './known-server.js';

type Note = Pick<FieldDiagnostic, 'message' | 'hint'>;

/** Warnings about a server that probably listens on another port, or starts another number of workers. */
export function serverNotes(app: ServerKeys): FieldDiagnostic[] {
  const server = knownServer(app);
  if (server === undefined) return [];
  return [defaultPort(app, server), oneWorker(app, server), withoutGunicorn(app, server)].flatMap((note) =>
    note === undefined ? [] : [{ severity: 'warning' as const, path: server.path, ...note }],
  );
}

/** Where the servers listen by default, and the option that changes it. gunicorn's config in the image may change it, too. */
function defaultPort({ http, gunicorn }: ServerKeys, server: KnownServer): Note | undefined {
  const { server: name } = server;
  const isSet = (['bind', 'port', 'config'] as const).some((option) => server.settings(option).length > 0);
  const byDefault = DEFAULT_ADDRESSES[name]?.port;
  if (!server.hasCommand || byDefault === undefined || isSet || http.port === byDefault) return undefined;
  if (name !== 'gunicorn')
    return {
      message: `${name} listens on port ${byDefault} unless the image says otherwise, but http.port is ${http.port}`,
      hint: `add ${addressOption(name, http.port)}`,
    };
  if (gunicorn !== undefined) return undefined;
  const hint = `add --bind=0.0.0.0:${http.port}`;
  const port = server.variable('PORT');
  if (port === undefined)
    return {
      message: `gunicorn listens on 127.0.0.1:${byDefault} unless PORT or the image says otherwise, but http.port is ${http.port}`,
      hint,
    };
  if (!isKnown(port) || Number(port) === http.port) return undefined;
  return {
    message: `gunicorn listens on PORT, which is ${port}, unless the image says otherwise, but http.port is ${http.port}`,
    hint,
  };
}

function addressOption(server: Server, port: number): string {
  if (server === 'runserver') return `0.0.0.0:${port}`;
  return server === 'hypercorn' ? `--bind=0.0.0.0:${port}` : `--port=${port}`;
}

function oneWorker({ workers }: ServerKeys, server: KnownServer): Note | undefined {
  const { server: name } = server;
  if (!server.hasCommand || workers === 1) return undefined;
  if (!hasWorkers(name))
    return {
      message: `${name} runs one process, but workers is ${workers}`,
      hint: 'set workers: 1, or run a server with several workers, such as gunicorn',
    };
  const isSet = (['workers', 'config'] as const).some((option) => server.settings(option).length > 0);
  if (READS_WEB_CONCURRENCY.has(name) || isSet || server.readsFiles) return undefined;
  const option = name === 'uwsgi' ? '--processes' : '--workers';
  return {
    message: `${name} starts one worker unless the image says otherwise: it does not read WEB_CONCURRENCY`,
    hint: `add ${option}=$(WEB_CONCURRENCY)`,
  };
}

function withoutGunicorn({ gunicorn }: ServerKeys, { server, hasCommand }: KnownServer): Note | undefined {
  if (gunicorn === undefined || !hasCommand || server === 'gunicorn') return undefined;
  return {
    message: `${server} does not read our gunicorn config`,
    hint: 'remove the key gunicorn and metrics.exporter, or run gunicorn',
  };
}
