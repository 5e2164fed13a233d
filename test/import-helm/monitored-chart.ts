import { load, loadAll } from 'js-yaml';
import { synthesize } from '../../charts/synthesize.js';
import { trace } from '../../src/checks/trace/trace.js';
import type { Manifest } from '../../src/kubernetes/manifest.js';
import { parseValues } from '../../src/values/parse-values.js';
import { deployment, Manifests, SELECTOR, SERVICE, text } from './manifests.js';

let chart: Manifests;
beforeEach(() => (chart = new Manifests()));
afterEach(() => chart.remove());

export const METRICS = { name: 'metrics', containerPort: 9300 };
export const web = (...ports: object[]) =>
  deployment({}, { ports: [{ name: 'web', containerPort: 8000 }, ...ports] });

export function service(ports: readonly object[], metadata: object = {}): object {
  return {
    ...SERVICE,
    metadata: { ...SERVICE.metadata, ...metadata },
    spec: { selector: SELECTOR, ports: [...SERVICE.spec.ports, ...ports] },
  };
}

export function only(service: object, ports: readonly object[]): object {
  return { ...service, spec: { selector: SELECTOR, ports } };
}

export function monitor(
  kind: string,
  endpoints: readonly object[],
  spec: object = {},
  metadata: object = {},
): object {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind,
    metadata: { name: 'prod-shop', namespace: 'shop', ...metadata },
    spec: {
      selector: { matchLabels: SELECTOR },
      [kind === 'PodMonitor' ? 'podMetricsEndpoints' : 'endpoints']: endpoints,
      ...spec,
    },
  };
}

/** The ports that are scraped, each with the number in the container. */
export function scraped(manifests: readonly Manifest[]) {
  return trace(manifests)
    .chains.map(({ brokenAt, containerPort }) => `${containerPort?.number} ${brokenAt ?? 'ok'}`)
    .toSorted();
}

/** Imports a chart, and writes the manifests of its values. */
export function imported(...objects: object[]) {
  return importedAs(undefined, ...objects);
}

export function importedAs(name: string | undefined, ...objects: object[]) {
  const result = chart.result(text(...objects), name === undefined ? {} : { name });
  const { values, problems } = parseValues([{ file: 'values.yaml', text: result.text }]);
  const files = [...synthesize(values)];
  return {
    ...result,
    values: load(result.text) as Record<string, unknown>,
    problems: [...problems, ...files.flatMap(({ errors }) => errors)],
    manifests: files.flatMap(({ yaml }) => loadAll(yaml) as Manifest[]),
  };
}

export const SUMS = [{ port: 'metrics' }];
export const SIDECAR = {
  name: 'exporter',
  image: 'a/exporter:1.0',
  ports: [{ name: 'exporter', containerPort: 9999 }],
};
export const workers = (start: number) => ({
  env: [{ name: 'METRICS_START_PORT', value: String(start) }],
  ports: [
    { name: 'web', containerPort: 8000 },
    ...[1, 2, 3].map((i) => ({ name: `metrics-${i}`, containerPort: start + i - 1 })),
  ],
});
export const WORKER_PORTS = [1, 2, 3].map((i) => ({
  name: `metrics-${i}`,
  port: 9000 + i,
  targetPort: `metrics-${i}`,
}));
export const aggregated = { strategy: 'aggregated', port: 9300 };

/** The container of the web pods. */
export function WEB(): object {
  return (
    (deployment() as { spec: { template: { spec: { containers: object[] } } } }).spec.template.spec
      .containers[0] ?? {}
  );
}
