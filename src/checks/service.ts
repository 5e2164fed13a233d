import { at, listAt, nameOf, namespaceOf, textAt, textsAt, type Manifest } from '../kubernetes/manifest.js';

/** A Service, as far as monitoring sees it. */
export interface Service {
  /** `Service app/app-django` */
  readonly object: string;
  readonly name: string | undefined;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Empty where the Service selects no pods (its endpoints are somebody else's). */
  readonly selector: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Whether it is a name for something outside of the cluster: no controller gives it endpoints. */
  readonly isExternalName: boolean;
  /** Whether its name leads to the pods themselves, without an address of its own. */
  readonly isHeadless: boolean;
  /** Its type, where clients outside of the cluster reach it, as far as the manifest says. */
  readonly exposedAs: 'LoadBalancer' | 'NodePort' | undefined;
  readonly ports: readonly ServicePort[];
}

export interface ServicePort {
  readonly name: string | undefined;
  readonly number: unknown;
  /** Name or number of a container port; the port's own number where the Service gives none. */
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
    selector: textsAt(manifest, 'spec', 'selector'),
    annotations: textsAt(manifest, 'metadata', 'annotations'),
    isExternalName: at(manifest, 'spec', 'type') === 'ExternalName',
    isHeadless: at(manifest, 'spec', 'clusterIP') === 'None',
    exposedAs: exposedAs(manifest),
    ports: listAt(manifest, 'spec', 'ports').map((port, i) => ({
      name: textAt(port, 'name'),
      number: port['port'],
      target: port['targetPort'] ?? port['port'],
      protocol: textAt(port, 'protocol') ?? 'TCP',
      field: `spec.ports[${i}]`,
    })),
  };
}

/** Annotations that keep a load balancer within a network. */
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
