import { isMap } from '../values/merge-values.js';
import { chartNames } from './chart-names.js';
import type { HelmPath, HelmValues } from './helm-values.js';

/** What Helm takes from its command line, or a chart from its templates, and a values file does not say. */
export interface ImportFacts {
  /** @default - as `helm create` names the Deployment; without a release, the chart's name or its override */
  readonly name?: string | undefined;
  /** The release. @default - the name */
  readonly instance?: string | undefined;
  readonly namespace?: string | undefined;
  /** Name of the container. @default - ours */
  readonly container?: string | undefined;
  /** @default - env.config.WEB_CONCURRENCY */
  readonly workers?: number | undefined;
  /** Port of the application in the container. @default - ours */
  readonly httpPort?: number | undefined;
  /** The chart's own name and version of the application (Chart.yaml). */
  readonly chart?: { readonly name?: string; readonly appVersion?: string } | undefined;
}

/** Values of ours, and from which Helm value each was made. */
export interface Converted {
  readonly values: Readonly<Record<string, unknown>>;
  /** Field of ours (`metrics.startPort`) → path of Helm's. */
  readonly origins: ReadonlyMap<string, HelmPath>;
}

/** Writes a field of ours from one of Helm's, where Helm says something there. */
type Carry = (field: string, from: HelmPath, change?: (value: unknown) => unknown) => void;

const CONFIG: HelmPath = ['env', 'config'];
const MONITORS: readonly HelmPath[] = [['serviceMonitor'], ['metrics', 'serviceMonitor']];
/** Where charts have the whole name of the Deployment; `name` in those without the rules of `helm create`. */
const NAMES: readonly HelmPath[] = [['fullnameOverride'], ['name']];
const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'];

/** What an old-style Helm values file says, in our words; what it says beyond that is left in it. */
export function convert(helm: HelmValues, facts: ImportFacts): Converted {
  const values: Record<string, unknown> = {};
  const origins = new Map<string, HelmPath>();
  /** What the field has already, from elsewhere, stays; a Helm value that says otherwise is left, to be named. */
  const carry: Carry = (field, from, change = (value) => value) => {
    const said = helm.said(from);
    const value = said === undefined ? undefined : change(said);
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

  carry('metrics.startPort', [...CONFIG, 'METRICS_START_PORT'], numberOf);
  for (const monitor of monitorsOf(helm)) {
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
    helm.agree(from, value); // An empty text is a value, too.
  }
  // The container's counts in Kubernetes, where there are both.
  for (const context of ['securityContext', 'podSecurityContext'])
    carry('runAsUser', [context, 'runAsUser'], numberOf);
  put(values, 'resources', resourcesOf(helm));
  origins.set('resources', ['resources']);
  agreeWithDefaults(helm);
  return { values, origins };
}

/** Prometheus finds the monitor by its labels; ours are on every object, but for those that are computed. */
function carryLabels(helm: HelmValues, from: HelmPath, carry: Carry): void {
  const names = Object.keys(mapAt(helm, from));
  if (names.length > 0 && !names.some((name) => name.startsWith('app.kubernetes.io/'))) carry('labels', from);
}

/** The name of the Deployment, by the rules of `helm create`; without a release nobody knows more than the chart's name. */
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

/** Where a chart has several, one that is switched off counts for nothing. */
function monitorsOf(helm: HelmValues): readonly HelmPath[] {
  const there = MONITORS.filter((monitor) => isMap(helm.peek(monitor)));
  const switchedOn = there.filter((monitor) => !helm.isSwitchedOff(monitor));
  return switchedOn.length > 0 ? switchedOn : there;
}

function carryProbes(helm: HelmValues, carry: Carry): void {
  for (const probe of PROBES) {
    const get = [probe, 'httpGet'];
    const first = PROBES.find((other) => helm.peek([other, 'httpGet', 'path']) !== undefined);
    // We have one path for all probes: a second one that differs is not carried over.
    if (helm.peek([...get, 'path']) !== helm.peek([first ?? probe, 'httpGet', 'path'])) continue;
    carry('http.healthPath', [...get, 'path']);
    helm.agree([...get, 'port'], 'http');
    helm.agree([...get, 'scheme'], 'HTTP');
    const headers = helm.peek([...get, 'httpHeaders']);
    const host = Array.isArray(headers) ? headers.findIndex(isHost) : -1;
    if (host >= 0) carry('http.healthHost', [...get, 'httpHeaders', host], (header) => at(header, 'value'));
  }
}

/** Names of headers are the same in small letters and in capitals. */
function isHost(header: unknown): boolean {
  return isMap(header) && String(header['name']).toLowerCase() === 'host';
}

/** As the chart has it, and no default of ours where it sets none. */
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

/** What every container of ours has, told or not. */
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

/** Helm takes a number for text and text for a number; we do not. */
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
