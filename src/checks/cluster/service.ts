import { labelSelector, type LabelSelector } from './label-selector.js';
import {
  at,
  listAt,
  nameOf,
  namespaceOf,
  textAt,
  textsAt,
  type Manifest,
} from '../../kubernetes/manifest.js';
import { protocolOf } from './ports.js';

/** The fields of a Service that monitoring needs. */
export interface Service {
  /** `Service app/app-django` */
  readonly object: string;
  readonly name: string | undefined;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Empty if the Service selects no pods. Its endpoints are then written by hand or by a controller. */
  readonly selector: LabelSelector;
  readonly annotations: Readonly<Record<string, string>>;
  /** Whether its type is ExternalName: a DNS name outside the cluster, without endpoints. */
  readonly isExternalName: boolean;
  /** Whether it has no address of its own: its DNS name resolves to the pods. */
  readonly isHeadless: boolean;
  /** Its type, if clients outside the cluster can reach it, as far as the manifest says. */
  readonly exposedAs: 'LoadBalancer' | 'NodePort' | undefined;
  readonly ports: readonly ServicePort[];
}

/** A port of a Service. To the API server, an empty text or 0 is no value. */
export interface ServicePort {
  readonly name: string | undefined;
  readonly number: unknown;
  /** Name or number of a container port. @default the Service port's own number */
  readonly target: unknown;
  readonly protocol: string;
  /** `spec.ports[0]` */
  readonly field: string;
}

export function serviceOf(manifest: Manifest): Service | undefined {
  if (manifest['kind'] !== 'Service' || manifest['apiVersion'] !== 'v1') return undefined;
  return {
    object: nameOf(manifest),
    name: textAt(manifest, 'metadata', 'name'),
    namespace: namespaceOf(manifest),
    labels: textsAt(manifest, 'metadata', 'labels'),
    selector: labelSelector({ matchLabels: at(manifest, 'spec', 'selector') }),
    annotations: textsAt(manifest, 'metadata', 'annotations'),
    isExternalName: at(manifest, 'spec', 'type') === 'ExternalName',
    isHeadless: at(manifest, 'spec', 'clusterIP') === 'None',
    exposedAs: exposedAs(manifest),
    ports: listAt(manifest, 'spec', 'ports').map((port, i) => ({
      name: textAt(port, 'name') || undefined,
      number: port['port'],
      target: port['targetPort'] || port['port'],
      protocol: protocolOf(port),
      field: `spec.ports[${i}]`,
    })),
  };
}

/** Annotations that may make a load balancer internal. */
const INTERNAL = /internal|load-balancer-(?:type|scheme)|private/;

function exposedAs(manifest: Manifest): Service['exposedAs'] {
  const type = at(manifest, 'spec', 'type');
  if (type === 'NodePort') return 'NodePort';
  if (type !== 'LoadBalancer') return undefined;
  const isLimited =
    at(manifest, 'spec', 'loadBalancerSourceRanges') !== undefined ||
    at(manifest, 'spec', 'loadBalancerClass') !== undefined ||
    Object.keys(textsAt(manifest, 'metadata', 'annotations')).some((name) => INTERNAL.test(name));
  return isLimited ? undefined : 'LoadBalancer';
}
