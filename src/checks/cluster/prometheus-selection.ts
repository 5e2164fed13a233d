import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { labelSelector } from './label-selector.js';
import { at, isMap, nameOf, namespaceOf, textAt, textsAt, type Manifest } from '../../kubernetes/manifest.js';
import type { Monitor } from './monitor.js';

/** The monitors that one Prometheus or PrometheusAgent of the operator uses. */
export interface PrometheusSelection {
  /** `Prometheus monitoring/k8s` */
  readonly object: string;
  /** Whether it uses a monitor; undefined if that depends on namespace labels that are not in the manifests. */
  selects(monitor: Monitor): boolean | undefined;
  /** Returns `its serviceMonitorSelector is team=web`, or `it has no serviceMonitorSelector`. */
  describe(kind: Monitor['kind']): string;
}

const SELECTORS = { ServiceMonitor: 'serviceMonitor', PodMonitor: 'podMonitor' } as const;

/** Returns the selection of every Prometheus in the manifests. */
export function prometheusSelections(manifests: readonly Manifest[]): PrometheusSelection[] {
  const found = manifests.filter(isPrometheus);
  if (found.length === 0) return [];
  const namespaces = new Map(
    manifests
      .filter(({ kind }) => kind === 'Namespace')
      .map((namespace) => [textAt(namespace, 'metadata', 'name'), textsAt(namespace, 'metadata', 'labels')]),
  );
  return found.map((prometheus) => selection(prometheus, (name) => namespaces.get(name)));
}

function isPrometheus({ apiVersion, kind }: Manifest): boolean {
  const isOfOperator = typeof apiVersion === 'string' && apiVersion.startsWith('monitoring.coreos.com/');
  return isOfOperator && (kind === 'Prometheus' || kind === 'PrometheusAgent');
}

function selection(
  prometheus: Manifest,
  labelsOfNamespace: (name: string) => Readonly<Record<string, string>> | undefined,
): PrometheusSelection {
  const inNamespace = (kind: Monitor['kind'], namespace: string): boolean | undefined => {
    const given = at(prometheus, 'spec', `${SELECTORS[kind]}NamespaceSelector`);
    if (!isMap(given)) return namespace === namespaceOf(prometheus);
    const selector = labelSelector(given);
    if (selector.isEmpty) return true;
    const labels = labelsOfNamespace(namespace);
    const isMatch = selector.matches({ ...labels, [NAME_LABEL]: namespace });
    return labels === undefined && !isMatch ? undefined : isMatch;
  };
  return {
    object: nameOf(prometheus),
    selects: ({ kind, labels, namespace }) => {
      const selector = at(prometheus, 'spec', `${SELECTORS[kind]}Selector`);
      if (!isMap(selector) || !labelSelector(selector).matches(labels)) return false;
      return inNamespace(kind, namespace);
    },
    describe: (kind) => {
      const name = `${SELECTORS[kind]}Selector`;
      const selector = at(prometheus, 'spec', name);
      return isMap(selector) ? `its ${name} is ${labelSelector(selector)}` : `it has no ${name}`;
    },
  };
}

/** Every namespace has this label (NamespaceDefaultLabelName). */
const NAME_LABEL = 'kubernetes.io/metadata.name';

/** Warns of monitors that no Prometheus in the manifests uses. A Prometheus elsewhere may use them. */
export function unusedMonitors(
  monitors: readonly Monitor[],
  selections: readonly PrometheusSelection[],
): Diagnostic[] {
  if (selections.length === 0) return [];
  return monitors
    .filter((monitor) => selections.every((one) => one.selects(monitor) === false))
    .map(({ object, kind }) => {
      const reasons = selections.slice(0, MOST_NAMED).map((one) => `${one.object}: ${one.describe(kind)}`);
      const message = `no Prometheus in these manifests uses it (${reasons.join('; ')}; without a ${SELECTORS[kind]}NamespaceSelector it looks only in its own namespace)`;
      return { severity: 'warning', object, field: 'metadata.labels', message };
    });
}

const MOST_NAMED = 2;
