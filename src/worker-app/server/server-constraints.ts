import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import type { Constraint } from '../../schema/constraint.js';
import { MOUNTED_FOLDER } from '../../servers/mounted-config.js';
import { addressesOf, type Address } from '../../servers/server-addresses.js';
import { READS_WEB_CONCURRENCY } from '../../servers/server-process.js';
import { numberIn, type Setting } from '../../servers/setting-sources.js';
import { isKnown } from '../../servers/words.js';
import type { ResolvedWorkerApp } from '../keys/index.js';
import { hasStartPort, opensWorkerPorts } from '../scraping/scraped-app.js';
import { replacesConfig, withoutWorkerPorts } from './server-messages.js';
import { reservedPorts } from '../ports/metrics-ports-of.js';
import { metricsRange } from '../ports/port-constraints.js';
import { knownServer, type KnownServer } from './known-server.js';

/** The constraints between the options in `command` and `args` and the keys for the same settings. */
export const SERVER_CONSTRAINTS: readonly Constraint<ResolvedWorkerApp>[] = [
  {
    reads: [
      'command',
      'args',
      'env',
      'workers',
      'http.port',
      'metrics.startPort',
      'metrics.strategy',
      'metrics.exporter',
      'gunicorn',
    ],
    problems: (app) => {
      const server = knownServer(app);
      return server === undefined ? [] : CONSTRAINTS.flatMap((constraint) => constraint(app, server));
    },
  },
];

type ServerConstraint = (app: ResolvedWorkerApp, server: KnownServer) => FieldDiagnostic[];

const CONSTRAINTS: readonly ServerConstraint[] = [workers, preload, config, variables, httpPort, metricsPort];

/** Settings of the command line. */
function isInCommand({ field }: Setting): boolean {
  return field === 'command' || field === 'args';
}

/** Settings of the command line and of `env`. Beside a command of the image, `env` may have no effect. */
function isInValues(setting: Setting, { hasCommand }: KnownServer): boolean {
  return isInCommand(setting) || (setting.field === 'env' && hasCommand);
}

function workers({ workers: wanted, metrics }: ResolvedWorkerApp, server: KnownServer): FieldDiagnostic[] {
  const setting = server.settings('workers').at(-1);
  const given = setting && isInCommand(setting) ? numberIn(setting) : undefined;
  if (setting === undefined || given === undefined || given === wanted) return [];
  const option = setting.inWords.replace(/[0-9]+$/, () => '$(WEB_CONCURRENCY)');
  const remedy = READS_WEB_CONCURRENCY.has(server.server) ? 'remove it' : `write ${option}`;
  const ofPorts = metrics === false ? '' : ', for which there are metrics ports';
  const message = `${setting.inWords} differs from workers: ${wanted}${ofPorts}`;
  const hint = `${remedy}, or set workers: ${given}`;
  return [{ path: server.pathOf(setting), message, hint }];
}

/** A config file may open the ports in each worker: the checks of the finished objects read it. */
function preload(app: ResolvedWorkerApp, server: KnownServer): FieldDiagnostic[] {
  const setting = server.settings('preload').find(isInCommand);
  const isAsWritten = setting?.value === '' && server.settings('config').length === 0;
  if (setting === undefined || !isAsWritten || !opensWorkerPorts(app)) return [];
  return [{ path: server.pathOf(setting), ...withoutWorkerPorts(setting.inWords) }];
}

function config({ gunicorn }: ResolvedWorkerApp, server: KnownServer): FieldDiagnostic[] {
  if (gunicorn === undefined || server.server !== 'gunicorn') return [];
  const setting = server.settings('config').at(-1);
  if (setting === undefined || !isInCommand(setting) || !isKnown(setting.value)) return [];
  if (setting.value.replace(/^file:/, '').startsWith(`${MOUNTED_FOLDER}/`)) return [];
  return [{ path: server.pathOf(setting), ...replacesConfig(setting.inWords) }];
}

/** Variables that the command line sets over those of the container. */
function variables(app: ResolvedWorkerApp, server: KnownServer): FieldDiagnostic[] {
  const { workers: count, metrics, gunicorn } = app;
  const computed = {
    WEB_CONCURRENCY: [count, 'workers'] as const,
    ...(hasStartPort(app) &&
      metrics !== false && { METRICS_START_PORT: [metrics.startPort, 'metrics.startPort'] as const }),
  };
  const at = (name: string) => {
    const field = server.path[0] === 'args' ? 'args' : 'command';
    return server.pathOf({ field, inWords: `${name}=`, place: field });
  };
  const problems = Object.entries(computed).flatMap(([name, [wanted, key]]): FieldDiagnostic[] => {
    const given = server.commandEnv.get(name) ?? '';
    if (!/^[0-9]{1,9}$/.test(given) || Number(given) === wanted) return [];
    const message = `${name}=${given} differs from ${key}: ${wanted}`;
    const hint = `remove it, or set ${key}: ${Number(given)}`;
    return [{ path: at(name), message, hint }];
  });
  const ours = server.commandEnv.get('GUNICORN_CMD_ARGS') ?? MOUNTED_FOLDER;
  if (gunicorn === undefined || ours.includes(MOUNTED_FOLDER) || !isKnown(ours)) return problems;
  const message =
    'GUNICORN_CMD_ARGS of the command line would replace that of the container, by which gunicorn reads our config';
  const hint = 'remove it, and set env.GUNICORN_CMD_ARGS';
  return [...problems, { path: at('GUNICORN_CMD_ARGS'), message, hint }];
}

/** One of the addresses must have http.port. A socket or an address that is not known may be behind it. */
function httpPort({ http }: ResolvedWorkerApp, server: KnownServer): FieldDiagnostic[] {
  const addresses = addressesOf(server);
  const first = addresses.find(({ setting }) => isInValues(setting, server));
  const isServed = addresses.some(({ port }) => port === undefined || port === http.port);
  if (first?.port === undefined || isServed) return [];
  const { setting, port } = first;
  const message = `${setting.inWords} differs from http.port: ${http.port}, to which probes and the Service send requests`;
  const hint = `set http.port: ${port}, or write ${withPort(first, http.port)}`;
  return [{ path: server.pathOf(setting), message, hint }];
}

function withPort({ setting: { inWords }, port }: Address, wanted: number): string {
  return inWords.endsWith(String(port))
    ? `${inWords.slice(0, -String(port).length)}${wanted}`
    : `${inWords}:${wanted}`;
}

/** A worker cannot serve its metrics on a port that the server takes. */
function metricsPort(app: ResolvedWorkerApp, server: KnownServer): FieldDiagnostic[] {
  if (metricsRange(app).length > 0) return [];
  const ports = reservedPorts(app);
  return addressesOf(server).flatMap(({ port, setting }): FieldDiagnostic[] => {
    if (port === undefined || !ports.covers(port) || !isInValues(setting, server)) return [];
    const message = `${setting.inWords} takes a metrics port of the workers (${ports})`;
    const hint = 'listen on another port, or change metrics.startPort';
    return [{ path: server.pathOf(setting), message, hint }];
  });
}
