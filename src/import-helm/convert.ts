import { isMap } from '../kubernetes/manifest.js';
import { chartNames } from './chart-names.js';
import type { HelmPath, HelmValues } from './helm-values.js';

/** Facts that a Helm values file does not contain: they are in Helm's command line, or in a chart's templates. */
export interface ImportFacts {
  /** @default - the Deployment's name by `helm create`; without a release, the chart's name or its override */
  readonly name?: string | undefined;
  /** Name of the release. @default - the application's name */
  readonly instance?: string | undefined;
  readonly namespace?: string | undefined;
  /** Name of the container. @default - WorkerApp's default */
  readonly container?: string | undefined;
  /** @default - env.config.WEB_CONCURRENCY */
  readonly workers?: number | undefined;
  /** Port of the application in the container. @default - WorkerApp's default */
  readonly httpPort?: number | undefined;
  /** Name and appVersion in Chart.yaml. */
  readonly chart?: { readonly name?: string; readonly appVersion?: string } | undefined;
}

/** WorkerApp values, each with the Helm value that it was made from. */
export interface Converted {
  readonly values: Readonly<Record<string, unknown>>;
  /** WorkerApp field (`metrics.startPort`) → path in the Helm values. */
  readonly origins: ReadonlyMap<string, HelmPath>;
}

/** Sets a WorkerApp field from a Helm value, if the Helm value is set. */
type Carry = (field: string, from: HelmPath, change?: (value: unknown) => unknown) => void;

const CONFIG: HelmPath = ['env', 'config'];
const START_PORT: HelmPath = [...CONFIG, 'METRICS_START_PORT'];
const MONITORS: readonly HelmPath[] = [['serviceMonitor'], ['metrics', 'serviceMonitor']];
/** Paths of the Deployment's whole name; `name` in charts that do not follow `helm create`. */
const NAMES: readonly HelmPath[] = [['fullnameOverride'], ['name']];
const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'];

/** Converts an old-style Helm values file to WorkerApp values. Other values stay in `helm`. */
export function convert(helm: HelmValues, facts: ImportFacts): Converted {
  const values: Record<string, unknown> = {};
  const origins = new Map<string, HelmPath>();
  /** A field that is already set stays; a different Helm value is left, and reported as not carried over. */
  const carry: Carry = (field, from, change = (value) => value) => {
    const old = helm.valueAt(from);
    const value = old === undefined ? undefined : change(old);
    if (value === undefined) return;
    const before = at(values, field);
    if (before === undefined) {
      put(values, field, value);
      origins.set(field, from);
    } else if (before !== value) return;
    helm.take(from);
  };

  put(values, 'name', facts.name);
  for (const from of NAMES) carry('name', from);
  carry('name', ['nameOverride'], (override) => nameOf(String(override), facts));
  if (values['name'] === undefined && facts.chart?.name !== undefined)
    put(values, 'name', nameOf(facts.chart.name, facts));
  put(values, 'instance', facts.instance);
  put(values, 'namespace', facts.namespace);
  carry('image', ['image', 'repository'], (repository) => imageOf(helm, String(repository), facts));
  if (typeof helm.peek(['image']) === 'string') carry('image', ['image']);
  for (const from of [['image', 'pullPolicy'], ['imagePullPolicy']]) carry('imagePullPolicy', from);
  put(values, 'container', facts.container);
  for (const from of [['replicaCount'], ['replicas']]) carry('replicas', from, numberOf);
  put(values, 'workers', facts.workers);
  carry('workers', [...CONFIG, 'WEB_CONCURRENCY'], numberOf);

  put(values, 'http.port', facts.httpPort);
  const targetPort = ['service', 'targetPort'];
  if (typeof numberOf(helm.peek(targetPort)) === 'number') carry('http.port', targetPort, numberOf);
  carry('http.servicePort', ['service', 'port'], numberOf);
  carryProbes(helm, carry);

  carry('metrics.startPort', START_PORT, numberOf);
  const off = monitorOff(helm);
  if (off !== undefined && values['metrics'] === undefined) carry('metrics', off);
  for (const monitor of values['metrics'] === false ? [] : monitorsOf(helm)) {
    carry('metrics.interval', [...monitor, 'interval']);
    carry('metrics.scrapeTimeout', [...monitor, 'scrapeTimeout']);
    for (const labels of ['labels', 'additionalLabels']) carryLabels(helm, [...monitor, labels], carry);
    helm.agree([...monitor, 'enabled'], true);
  }
  for (const [key, value] of Object.entries(mapAt(helm, CONFIG))) {
    if (['WEB_CONCURRENCY', 'METRICS_START_PORT'].includes(key) || typeof value === 'object') continue;
    const from = [...CONFIG, key];
    put(values, 'env', { ...(values['env'] as object | undefined), [key]: String(value) });
    origins.set(`env.${key}`, from);
    helm.agree(from, value); // An empty text is a value too.
  }
  // Kubernetes prefers the container's to the pod's.
  for (const context of ['securityContext', 'podSecurityContext'])
    carry('runAsUser', [context, 'runAsUser'], numberOf);
  put(values, 'resources', resourcesOf(helm));
  origins.set('resources', ['resources']);
  agreeWithDefaults(helm);
  return { values, origins };
}

/** Carries over the monitor's labels, which Prometheus selects it by. Computed labels cannot be set. */
function carryLabels(helm: HelmValues, from: HelmPath, carry: Carry): void {
  const names = Object.keys(mapAt(helm, from));
  if (names.length > 0 && !names.some((name) => name.startsWith('app.kubernetes.io/'))) carry('labels', from);
}

/** The Deployment's name, as `helm create` makes it; without a release, the chart's name. */
function nameOf(chart: string, { instance }: ImportFacts): string {
  return instance === undefined ? chart : chartNames({ chart, release: instance }).fullname;
}

function imageOf(helm: HelmValues, repository: string, { chart }: ImportFacts): string {
  const registry = helm.take(['image', 'registry']);
  const tag = helm.take(['image', 'tag']) ?? chart?.appVersion;
  const digest = helm.take(['image', 'digest']);
  return [
    registry === undefined ? '' : `${String(registry)}/`,
    repository,
    tag === undefined ? '' : `:${String(tag)}`,
    digest === undefined ? '' : `@${String(digest)}`,
  ].join('');
}

/** Paths of the chart's monitors, without disabled ones if there are several. */
function monitorsOf(helm: HelmValues): readonly HelmPath[] {
  const there = MONITORS.filter((monitor) => isMap(helm.peek(monitor)));
  const switchedOn = there.filter((monitor) => !helm.isSwitchedOff(monitor));
  return switchedOn.length > 0 ? switchedOn : there;
}

/** Where the chart switches its only monitor, or its metrics, off. Undefined if it makes a monitor or does not say. */
export function monitorOff(helm: HelmValues): HelmPath | undefined {
  const there = MONITORS.filter((monitor) => isMap(helm.peek(monitor)));
  const parts: readonly HelmPath[] = there.length > 0 ? there : [['metrics']];
  if (!parts.every((part) => helm.isSwitchedOff(part))) return undefined;
  const [first = []] = parts;
  return first.map((_, i) => [...first.slice(0, i + 1), 'enabled']).find((path) => helm.peek(path) === false);
}

function carryProbes(helm: HelmValues, carry: Carry): void {
  for (const probe of PROBES) {
    const get = [probe, 'httpGet'];
    const first = PROBES.find((other) => helm.peek([other, 'httpGet', 'path']) !== undefined);
    // WorkerApp has one path for all probes: a second, different one is not carried over.
    if (helm.peek([...get, 'path']) !== helm.peek([first ?? probe, 'httpGet', 'path'])) continue;
    carry('http.healthPath', [...get, 'path']);
    helm.agree([...get, 'port'], 'http');
    helm.agree([...get, 'scheme'], 'HTTP');
    const headers = helm.peek([...get, 'httpHeaders']);
    const host = Array.isArray(headers) ? headers.findIndex(isHost) : -1;
    if (host >= 0) carry('http.healthHost', [...get, 'httpHeaders', host], (header) => at(header, 'value'));
  }
}

/** Names of headers are case-insensitive. */
function isHost(header: unknown): boolean {
  return isMap(header) && String(header['name']).toLowerCase() === 'host';
}

/** The chart's resources; null, not WorkerApp's default, if it sets none. */
function resourcesOf(helm: HelmValues): unknown {
  const given = helm.take(['resources']);
  if (!isMap(given)) return given ?? null;
  const { requests, limits, ...others } = given;
  const without = (names: readonly string[], amounts: unknown) =>
    isMap(amounts)
      ? { ...Object.fromEntries(names.map((name) => [name, null])), ...amounts }
      : (amounts ?? null);
  return {
    requests: without(['cpu', 'memory'], requests),
    limits: without(['memory'], limits),
    ...others,
  };
}

/** Accepts Helm values that equal the settings of every WorkerApp container. */
function agreeWithDefaults(helm: HelmValues): void {
  helm.agree(['service', 'type'], 'ClusterIP');
  helm.agree(['service', 'targetPort'], 'http');
  helm.agree(['serviceAccount', 'create'], false);
  helm.agree(['serviceAccount', 'automount'], false);
  for (const context of ['podSecurityContext', 'securityContext']) {
    helm.agree([context, 'runAsNonRoot'], true);
    helm.agree([context, 'readOnlyRootFilesystem'], true);
    helm.agree([context, 'allowPrivilegeEscalation'], false);
    helm.agree([context, 'capabilities', 'drop'], ['ALL']);
    helm.agree([context, 'seccompProfile', 'type'], 'RuntimeDefault');
  }
}

function mapAt(helm: HelmValues, path: HelmPath): Readonly<Record<string, unknown>> {
  const found = helm.peek(path);
  return isMap(found) ? found : {};
}

/** Converts digits to a number: Helm accepts text for a number, WorkerApp does not. */
function numberOf(value: unknown): unknown {
  return typeof value === 'string' && /^[0-9]+$/.test(value) ? Number(value) : value;
}

function at(values: unknown, field: string): unknown {
  return field.split('.').reduce((inner: unknown, key) => (isMap(inner) ? inner[key] : undefined), values);
}

function put(values: Record<string, unknown>, field: string, value: unknown): void {
  if (value === undefined) return;
  const [first = '', ...rest] = field.split('.');
  if (rest.length === 0) values[first] = value;
  else put((values[first] ??= {}) as Record<string, unknown>, rest.join('.'), value);
}
