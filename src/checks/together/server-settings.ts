import { inspect, inspectName } from '../../diagnostics/expected.js';
import { MOUNTED_FOLDER } from '../../servers/mounted-config.js';
import { isKnown } from '../../servers/words.js';
import { numberedPorts } from './worker-env.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { READS_WEB_CONCURRENCY, type ServerProcess } from '../../servers/server-process.js';
import { numberIn, type Setting } from '../../servers/setting-sources.js';
import { portsInEnv } from './unscraped-workers.js';
import type { Wiring } from '../wiring/wiring.js';
import type { WorkloadContainer } from '../cluster/workload.js';

/** Checks that the settings of a server (command line, environment, file) give each worker a metrics port. */
export function checkServerSettings({ workloads, servers }: Wiring): Diagnostic[] {
  return workloads.flatMap(({ object, containers }) =>
    containers.flatMap((container) => {
      const process = servers.get(container);
      if (process === undefined) return [];
      const found = [
        otherWorkers(container, process),
        preloaded(container, process),
        loadedInMaster(container, process),
        configNotRead(container, process),
      ];
      return found.flatMap((one) =>
        one === undefined ? [] : [{ object, severity: 'error' as const, ...one }],
      );
    }),
  );
}

/** `spec.template.spec.containers[0].args` */
function fieldOf({ field }: WorkloadContainer, setting: Setting): string {
  return `${field}.${setting.field}`;
}

type Found = Pick<Diagnostic, 'field' | 'message' | 'hint'> & Partial<Pick<Diagnostic, 'severity'>>;

function otherWorkers(container: WorkloadContainer, process: ServerProcess): Found | undefined {
  const { count, inWords } = portsOfWorkers(container);
  const setting = process.settings('workers').at(-1);
  const workers = setting && numberIn(setting);
  if (setting === undefined || workers === undefined || count === 0 || workers === count) return undefined;
  const { server } = process;
  const precedence = READS_WEB_CONCURRENCY.has(server)
    ? `which overrides WEB_CONCURRENCY in ${server}`
    : `and ${server} does not read WEB_CONCURRENCY`;
  const hint = READS_WEB_CONCURRENCY.has(server) ? `remove it, or set it to ${count}` : `set it to ${count}`;
  const message = `${has(setting)}, ${precedence}, but ${inWords}`;
  return { field: fieldOf(container, setting), message, hint };
}

/** Returns the number of workers that a server starts; undefined if the manifests don't contain it as a number. */
export function workersOf(process: ServerProcess | undefined): number | undefined {
  const setting = process?.settings('workers').at(-1);
  return setting && numberIn(setting);
}

/** Whether a container starts more workers than it has metrics ports. */
export function hasWorkersWithoutPort(
  container: WorkloadContainer,
  process: ServerProcess | undefined,
): boolean {
  const { count } = portsOfWorkers(container);
  const workers = workersOf(process) ?? Number(container.env.get('WEB_CONCURRENCY'));
  return count > 0 && workers > count;
}

/** Whether no worker serves metrics: the application is preloaded, or our exporter is not loaded. */
export function isWithoutExporter(container: WorkloadContainer, process: ServerProcess | undefined): boolean {
  if (process === undefined) return false;
  return (
    preloaded(container, process)?.severity === 'error' ||
    configNotRead(container, process)?.severity === 'error'
  );
}

function preloaded(container: WorkloadContainer, process: ServerProcess): Found | undefined {
  const { env } = container;
  const isServedByWorkers = env.get('METRICS_EXPORTER') === 'gunicorn' || env.has('PROMETHEUS_MULTIPROC_DIR');
  if (process.server !== 'gunicorn' || process.hasWorkerHook || isServedByWorkers) return undefined;
  if (portsOfWorkers(container).count === 0) return undefined;
  const setting = (['command', 'environment', 'file'] as const)
    .flatMap((place) => process.settingsOf(place, 'preload'))
    .find(({ value }) => value === '' || value === 'True');
  if (setting === undefined) return undefined;
  const unless = process.readsFiles
    ? 'unless the config file opens the port in each worker (hook post_fork): '
    : '';
  const message = `${has(setting)}: ${unless}the application is loaded in the master, which takes one metrics port; workers export no metrics`;
  return {
    severity: process.readsFiles ? 'warning' : 'error',
    field: fieldOf(container, setting),
    message,
    hint: "remove it, or open the port in each worker (gunicorn's hook post_fork)",
  };
}

/** uWSGI loads the application before it forks the workers, unless `lazy-apps` is set. */
function loadedInMaster(container: WorkloadContainer, process: ServerProcess): Found | undefined {
  if (process.server !== 'uwsgi' || !process.hasCommand || process.readsFiles) return undefined;
  if (container.env.has('PROMETHEUS_MULTIPROC_DIR') || portsOfWorkers(container).count === 0)
    return undefined;
  if (process.settings('lazy').length > 0) return undefined;
  const message =
    'uwsgi loads the application before it forks the workers: the metrics ports are opened in the master, and workers export nothing';
  const hint = 'add --lazy-apps and --enable-threads';
  return { severity: 'warning', field: `${container.field}.command`, message, hint };
}

/** gunicorn reads one configuration file: --config on the command line overrides our file in GUNICORN_CMD_ARGS. */
function configNotRead(container: WorkloadContainer, process: ServerProcess): Found | undefined {
  if (process.server !== 'gunicorn') return undefined;
  const ours = process.settingsOf('environment', 'config').at(-1)?.value;
  const given = process.settingsOf('command', 'config').at(-1);
  if (ours?.startsWith(`${MOUNTED_FOLDER}/`) !== true) return undefined;
  if (given === undefined || given.value === ours || !isKnown(given.value)) return undefined;
  const isExporter = container.env.get('METRICS_EXPORTER') === 'gunicorn';
  const effect = isExporter ? ', and no worker exports metrics' : '';
  const message = `${has(given)}, which gunicorn reads instead of ${ours} in GUNICORN_CMD_ARGS${effect}`;
  const hint = `remove it, and set IMAGE_GUNICORN_CONFIG to ${inspectName(given.value)}`;
  return { severity: isExporter ? 'error' : 'warning', field: fieldOf(container, given), message, hint };
}

/** Returns `command has --workers 5`, or `GRANIAN_WORKERS is "5"`. */
function has({ place, inWords, value }: Setting): string {
  const isVariable = inWords === value && /^[A-Z_]+$/.test(place);
  return isVariable ? `${place} is ${inspect(value)}` : `${place} has ${inspectName(inWords)}`;
}

/** Counts the metrics ports of workers: the numbered ports, else those that the environment defines. */
function portsOfWorkers(container: WorkloadContainer): { count: number; inWords: string } {
  const numbered = numberedPorts(container).length;
  if (numbered > 0) return { count: numbered, inWords: `there are ${numbered} metrics ports` };
  const count = portsInEnv(container).length;
  return {
    count,
    inWords: `METRICS_START_PORT and WEB_CONCURRENCY give the application ${count} metrics ports`,
  };
}
