import { NAME_LABEL, INSTANCE_LABEL, MANAGED_BY_LABEL } from '../../kubernetes/labels.js';
import { at, isMap, listAt, mapAt, textAt, textsAt, type Manifest } from '../../kubernetes/manifest.js';
import type { PodTemplate } from './pod-templates.js';

/** The pods and the Service that the prometheus-operator creates for one of its objects. */
interface Operated {
  /** `app.kubernetes.io/name` of the pods. */
  readonly name: string;
  /** The pod label whose value is the object's name. */
  readonly label: string;
  readonly ports: (object: Manifest) => object[];
  readonly service: { readonly name: string; readonly ports: (object: Manifest) => object[] };
}

const RELOADER = { name: 'config-reloader', ports: [{ name: 'reloader-web', containerPort: 8080 }] };

const OPERATED: ReadonlyMap<unknown, Operated> = new Map(
  Object.entries({
    Prometheus: prometheus('prometheus'),
    PrometheusAgent: prometheus('prometheus-agent'),
    Alertmanager: {
      name: 'alertmanager',
      label: 'alertmanager',
      ports: (object) => [
        ...web(object, 9093),
        { name: 'mesh-tcp', containerPort: 9094 },
        { name: 'mesh-udp', containerPort: 9094, protocol: 'UDP' },
      ],
      service: {
        name: 'alertmanager-operated',
        ports: (object) => [
          ...webOfService(object, 9093),
          { name: 'tcp-mesh', port: 9094 },
          { name: 'udp-mesh', port: 9094, protocol: 'UDP' },
        ],
      },
    },
    ThanosRuler: {
      name: 'thanos-ruler',
      label: 'thanos-ruler',
      ports: (object) => [{ name: 'grpc', containerPort: 10901 }, ...web(object, 10902)],
      service: {
        name: 'thanos-ruler-operated',
        ports: (object) => [
          ...webOfService(object, 10902),
          { name: 'grpc', port: 10901, targetPort: 'grpc' },
        ],
      },
    },
  }),
);

function prometheus(name: string): Operated {
  return {
    name,
    label: 'prometheus',
    ports: (object) => web(object, 9090),
    service: {
      name: name === 'prometheus' ? 'prometheus-operated' : 'prometheus-agent-operated',
      ports: (object) => [
        ...webOfService(object, 9090),
        ...(hasThanos(object) ? [{ name: 'grpc', port: 10901, targetPort: 'grpc' }] : []),
      ],
    },
  };
}

/** Returns the pod of a Prometheus, Alertmanager or ThanosRuler; undefined for other objects. */
export function operatedPod(object: Manifest): PodTemplate | undefined {
  const operated = operatedOf(object);
  if (operated === undefined) return undefined;
  const name = textAt(object, 'metadata', 'name') ?? '';
  const container = { name: operated.name, ports: operated.ports(object) };
  const labels = {
    ...textsAt(object, 'spec', 'podMetadata', 'labels'),
    [NAME_LABEL]: operated.name,
    [INSTANCE_LABEL]: name,
    [MANAGED_BY_LABEL]: 'prometheus-operator',
    'operator.prometheus.io/name': name,
    [operated.label]: name,
  };
  const containers = merged([container, RELOADER, ...thanos(object)], listAt(object, 'spec', 'containers'));
  const initContainers = listAt(object, 'spec', 'initContainers');
  const annotations = textsAt(object, 'spec', 'podMetadata', 'annotations');
  const hostNetwork = at(object, 'spec', 'hostNetwork') === true;
  return {
    field: '',
    template: { metadata: { labels, annotations }, spec: { containers, initContainers, hostNetwork } },
  };
}

/** Returns the manifest of the Service that the operator creates for those pods. */
export function operatedService(object: Manifest): Manifest | undefined {
  const operated = operatedOf(object);
  if (operated === undefined || textAt(object, 'spec', 'serviceName') !== undefined) return undefined;
  const { name, ports } = operated.service;
  const labels = {
    [`operated-${operated.name}`]: 'true',
    [MANAGED_BY_LABEL]: 'prometheus-operator',
  };
  const namespace = textAt(object, 'metadata', 'namespace');
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, labels, ...(namespace !== undefined && { namespace }) },
    spec: { clusterIP: 'None', selector: { [NAME_LABEL]: operated.name }, ports: ports(object) },
  };
}

function operatedOf({ apiVersion, kind }: Manifest): Operated | undefined {
  const isOfOperator = typeof apiVersion === 'string' && apiVersion.startsWith('monitoring.coreos.com/');
  return isOfOperator ? OPERATED.get(kind) : undefined;
}

function web(object: Manifest, containerPort: number): object[] {
  if (at(object, 'spec', 'listenLocal') === true) return [];
  return [{ name: portName(object), containerPort }];
}

function webOfService(object: Manifest, port: number): object[] {
  return [{ name: portName(object), port, targetPort: portName(object) }];
}

function portName(object: Manifest): string {
  return textAt(object, 'spec', 'portName') ?? 'web';
}

function hasThanos(object: Manifest): boolean {
  return isMap(at(object, 'spec', 'thanos'));
}

function thanos(object: Manifest): Manifest[] {
  if (!hasThanos(object)) return [];
  const ports = [
    { name: 'http', containerPort: 10902 },
    { name: 'grpc', containerPort: 10901 },
  ];
  return [{ name: 'thanos-sidecar', ports }];
}

/** The operator merges the containers of the object into its own by name. */
function merged(own: readonly Manifest[], given: readonly Manifest[]): Manifest[] {
  const all = new Map(own.map((container) => [container['name'], container]));
  for (const container of given) {
    const { name } = container;
    const before = mapAt(all.get(name));
    const ports = [...listAt(before, 'ports'), ...listAt(container, 'ports')];
    all.set(name, { ...before, ...container, ports });
  }
  return [...all.values()];
}
