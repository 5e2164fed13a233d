import { scalarText } from '../../diagnostics/scalar-text.js';
import { isMap } from '../../kubernetes/manifest.js';
import { healthProbes } from '../../worker-app/health-probes.js';
import { PROBE_FIELDS } from '../../worker-app/keys/probes.js';
import { isEmpty } from '../draft.js';
import { httpPorts, lifecycleWithHttpPort, withHttpPort } from '../http-port.js';
import type { Carrying } from './carry.js';
import { over } from './over.js';

/** Kubernetes' own defaults. */
const DEFAULTS = {
  periodSeconds: 10,
  timeoutSeconds: 1,
  successThreshold: 1,
  failureThreshold: 3,
};

/**
 * The probes of the container. A path of an HTTP probe becomes `http.healthPath`, with its `Host` header; `probes` gives
 * each probe the other fields of the chart.
 */
export function carryProbes({ release: { container, ingress, httpRoute }, draft }: Carrying): void {
  const ports = new Set<unknown>(['http', ...httpPorts(container, draft.at('http', 'port'))]);
  const given = Object.entries(PROBE_FIELDS).map(([key, field]) => [key, container.at(field)] as const);
  const first = given
    .map(([, probe]) => probe.at('httpGet'))
    .find((get) => get.at('path').isSet && ports.has(get.map['port'] ?? 'http'));
  if (first !== undefined) {
    draft.copy(['http', 'healthPath'], first.at('path'));
    const host = first
      .at('httpHeaders')
      .items.find(({ map }) => scalarText(map['name']).toLowerCase() === 'host')
      ?.at('value');
    if (host !== undefined) draft.copy(['http', 'healthHost'], host);
    else if (ingress !== undefined || httpRoute !== undefined) draft.put(['http', 'healthHost'], null);
  }
  const ours = computed(draft.at('http'));
  for (const [key, probe] of given) {
    const base = ours[PROBE_FIELDS[key as keyof typeof PROBE_FIELDS]];
    if (!probe.isSet) {
      if (base !== undefined) draft.put(['probes', key], null);
      continue;
    }
    const theirs = withHttpPort(probe.map, ports);
    const fields =
      base === undefined ? withoutDefaults(theirs) : over({ ...DEFAULTS, ...base }, withDefaults(theirs));
    draft.put(['probes', key], fields === undefined ? undefined : withoutRemovedHandler(fields), probe);
  }
}

/** The hooks of `lifecycle`. */
export function carryLifecycle({ release: { container }, draft }: Carrying): void {
  const lifecycle = container.at('lifecycle');
  if (isEmpty(lifecycle.value)) return;
  const ports = httpPorts(container, draft.at('http', 'port'));
  draft.put(['lifecycle'], lifecycleWithHttpPort(lifecycle.value, ports), lifecycle);
}

/** Probes and `lifecycle` of other pods, which have no port of the application. */
export function carryOwnProbes({ release: { container }, draft }: Carrying): void {
  for (const [key, field] of Object.entries(PROBE_FIELDS)) {
    const probe = container.at(field);
    if (probe.isSet) draft.put(['probes', key], withoutDefaults(probe.map), probe);
  }
}

function computed(http: unknown): Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>> {
  return (healthProbes({ http: (isMap(http) ? http : {}) as never }).container ?? {}) as never;
}

function withoutDefaults(probe: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(probe).filter(([field, value]) => DEFAULTS[field as keyof typeof DEFAULTS] !== value),
  );
}

function withDefaults(probe: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { httpGet, initialDelaySeconds, ...others } = probe;
  return {
    ...DEFAULTS,
    // The API server leaves 0 out.
    ...(initialDelaySeconds !== 0 && initialDelaySeconds !== undefined && { initialDelaySeconds }),
    ...others,
    ...(isMap(httpGet) && { httpGet: { scheme: 'HTTP', port: 'http', ...httpGet } }),
  };
}

/** Another handler replaces that of the default: it need not be removed. */
function withoutRemovedHandler(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { httpGet, ...others } = fields;
  return httpGet === null ? others : fields;
}
