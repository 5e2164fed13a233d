import { memo } from '../../memo.js';
import { addressesOf, DEFAULT_ADDRESSES, parseAddress } from '../../servers/server-addresses.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { mapAt } from '../../kubernetes/manifest.js';
import type { Server } from '../../servers/server-options.js';
import type { ServerProcess } from '../../servers/server-process.js';
import { wordsOf } from '../cluster/container-server.js';
import { servicePaths } from './service-paths.js';
import type { Wiring } from '../wiring/wiring.js';
import type { Workload, WorkloadContainer } from '../cluster/workload.js';

/** An address that a container listens on. */
interface Listener {
  readonly host: string;
  readonly port: number;
  /** `--web.listen-address=127.0.0.1:9100` */
  readonly inWords: string;
}

/** Warns of servers that listen only on 127.0.0.1 although other pods must reach them. */
export function checkLoopback(wiring: Wiring): Diagnostic[] {
  const scraped = memo(() => reachedBy(wiring.scrapes));
  const served = memo(() => reachedBy(servicePaths(wiring)));
  return wiring.workloads.flatMap((workload) =>
    workload.containers.flatMap((container) => {
      const byPort = grouped(listenersOf(container, wiring.servers.get(container)));
      return [...byPort].flatMap(([number, listeners]): Diagnostic[] => {
        const [first] = listeners;
        if (first === undefined || listeners.some(({ host }) => !isLoopback(host))) return [];
        const who =
          scraped().get(workload)?.get(number) ??
          served().get(workload)?.get(number) ??
          probeOf(container, number);
        if (who === undefined || isServedByAnother(number, container, workload)) return [];
        const message = `${first.inWords} is reachable only from within the pod, but ${who} needs port ${number}`;
        const hint = 'listen on 0.0.0.0 or [::]';
        return [{ severity: 'warning', object: workload.object, field: container.field, message, hint }];
      });
    }),
  );
}

function grouped(listeners: readonly Listener[]): Map<number, Listener[]> {
  const byPort = new Map<number, Listener[]>();
  for (const one of listeners) {
    const others = byPort.get(one.port);
    if (others === undefined) byPort.set(one.port, [one]);
    else others.push(one);
  }
  return byPort;
}

type Reached = Map<Workload, Map<unknown, string>>;

interface Path {
  readonly workload: Workload;
  readonly port: { readonly number: unknown };
  readonly service?: { readonly object: string };
  readonly monitor?: { readonly object: string };
}

/** Returns the monitor or Service that reaches each port of each workload. */
function reachedBy(paths: readonly Path[]): Reached {
  const reached: Reached = new Map();
  for (const { workload, port, monitor, service } of paths) {
    const numbers = reached.get(workload) ?? new Map<unknown, string>();
    numbers.set(port.number, (monitor ?? service)?.object ?? '');
    reached.set(workload, numbers);
  }
  return reached;
}

function isLoopback(host: string): boolean {
  return /^(?:127(?:\.[0-9]{1,3}){3}|localhost|\[?::1\]?)$/.test(host);
}

function listenersOf(container: WorkloadContainer, process: ServerProcess | undefined): Listener[] {
  if (process !== undefined)
    return [...binds(process), ...hostAndPort(container, process), ...metricsOfGranian(container, process)];
  return exporterListeners(wordsOf(container));
}

/** `--bind 127.0.0.1:8000` */
function binds(process: ServerProcess): Listener[] {
  if (process.settings('bind').length === 0) return [];
  return addressesOf(process).flatMap(({ host, port, setting: { place, inWords } }) =>
    port === undefined ? [] : [{ host, port, inWords: `${place} has ${inWords}: it` }],
  );
}

/** The option of a server that sets its host, and the variable of the image that may set it, too. */
const HOSTS: Readonly<Partial<Record<Server, readonly [option: string, variable?: string]>>> = {
  uvicorn: ['--host', 'UVICORN_HOST'],
  granian: ['--host', 'GRANIAN_HOST'],
  fastapi: ['--host'],
  daphne: ['--bind'],
  'waitress-serve': ['--host'],
  flask: ['--host', 'FLASK_RUN_HOST'],
  runserver: ['an address'],
};

/** Servers with options for host and port. gunicorn and hypercorn have one option, and may read a file of the image. */
function hostAndPort({ hasEnvFrom }: WorkloadContainer, process: ServerProcess): Listener[] {
  const { server } = process;
  const [option, variable] = HOSTS[server] ?? [];
  const byDefault = DEFAULT_ADDRESSES[server];
  if (option === undefined || byDefault === undefined || process.settings('bind').length > 0) return [];
  const [host, port] = [process.settings('host').at(-1), process.settings('port').at(-1)];
  const number = Number(port?.value ?? byDefault.port);
  if (!Number.isInteger(number)) return [];
  if (host !== undefined)
    return [{ host: host.value, port: number, inWords: `${host.place} has ${host.inWords}: it` }];
  if (!process.hasCommand || hasEnvFrom || !isLoopback(byDefault.host)) return [];
  const unless = variable === undefined ? '' : ` (unless the image sets ${variable})`;
  const inWords = `${server} without ${option} listens on ${byDefault.host}${unless}: it`;
  return [{ host: byDefault.host, port: number, inWords }];
}

/** The exporter of granian listens on 127.0.0.1 unless an option sets another address. */
function metricsOfGranian({ hasEnvFrom }: WorkloadContainer, process: ServerProcess): Listener[] {
  const enabled = process.server === 'granian' ? process.settings('metrics').at(-1)?.value : undefined;
  if (enabled === undefined || !/^(?:|1|true|t|yes|y|on)$/i.test(enabled)) return [];
  const [address, port] = [process.settings('metricsAddress').at(-1), process.settings('metricsPort').at(-1)];
  const number = Number(port?.value ?? 9090);
  if (!Number.isInteger(number) || (address === undefined && hasEnvFrom)) return [];
  const inWords =
    address === undefined
      ? 'without GRANIAN_METRICS_ADDRESS the exporter of granian listens on 127.0.0.1: it'
      : `${address.place} is ${address.value}: it`;
  return [{ host: address?.value ?? '127.0.0.1', port: number, inWords }];
}

/** Options of exporters and controllers that set their listen address. */
const LISTENS = /^--?[\w.-]*(?:listen|bind|metrics[\w.-]*addr)[\w.-]*$/;

function exporterListeners(words: readonly string[]): Listener[] {
  return words.flatMap((word, i) => {
    const [name = '', value] = word.includes('=')
      ? [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]
      : [word, words[i + 1]];
    if (!LISTENS.test(name) || value === undefined) return [];
    const { host, port } = parseAddress(value);
    return port === undefined ? [] : [{ host, port, inWords: `${name}=${value}` }];
  });
}

/** Whether another container declares the port, or its command line contains it: a proxy in front of the server. */
function isServedByAnother(number: number, container: WorkloadContainer, { containers }: Workload): boolean {
  const named = new RegExp(`:${number}\\b`);
  return containers.some(
    (other) =>
      other !== container &&
      !other.endsBeforeOthers &&
      (other.ports.some((port) => port.number === number) || wordsOf(other).some((word) => named.test(word))),
  );
}

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'];

function probeOf({ manifest, ports }: WorkloadContainer, number: number): string | undefined {
  return PROBES.find((probe) =>
    (['httpGet', 'tcpSocket'] as const).some((kind) => {
      const { port, host } = mapAt(manifest, probe, kind);
      return (
        host === undefined &&
        (port === number || ports.some((one) => one.name === port && one.number === number))
      );
    }),
  );
}
