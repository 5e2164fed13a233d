import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import {
  at,
  listAt,
  nameOf,
  namespaceOf,
  textAt,
  textsAt,
  type Manifest,
} from '../../kubernetes/manifest.js';

/** A host and path in an Ingress. */
interface IngressPath {
  readonly object: string;
  /** The Service that gets the requests, as text. */
  readonly backend: string;
  /** `a.example.com/` */
  readonly requests: string;
  /** The requests with the controller that reads them: equal for two paths that are in each other's way. */
  readonly match: string;
  /** `spec.rules[0].http.paths[0]` */
  readonly field: string;
}

/**
 * Warns of Ingresses of one class that send the same requests to different Services. A controller uses one of the two.
 * HTTPRoutes share hosts by design.
 */
export function checkIngressPaths(manifests: readonly Manifest[]): Diagnostic[] {
  const taken = new Map<string, IngressPath>();
  return manifests.flatMap(pathsOf).flatMap((path) => {
    const found = inTheWayOf(taken.get(path.match), path);
    taken.set(path.match, taken.get(path.match) ?? path);
    return found;
  });
}

/** Warns of Ingresses in documents that are checked one after the other. */
export class IngressPathsOfDocuments {
  private readonly taken = new Map<string, IngressPath>();

  /** Warns of paths that an earlier document has, too. */
  inTheWay(manifests: readonly Manifest[]): Diagnostic[] {
    return manifests.flatMap(pathsOf).flatMap((path) => inTheWayOf(this.taken.get(path.match), path));
  }

  /** Adds the paths of a document, and warns of those that an earlier one has, too. */
  add(manifests: readonly Manifest[]): Diagnostic[] {
    const found = this.inTheWay(manifests);
    for (const path of manifests.flatMap(pathsOf))
      this.taken.set(path.match, this.taken.get(path.match) ?? path);
    return found;
  }
}

function inTheWayOf(other: IngressPath | undefined, path: IngressPath): Diagnostic[] {
  const { object, backend, requests, field } = path;
  if (other === undefined || other.object === object || other.backend === backend) return [];
  const message = `${other.object} has ${requests}, too, and only one of the two gets its requests`;
  return [
    { severity: 'warning', object, field, message, hint: 'choose another host or path for one of them' },
  ];
}

/** Annotations by which Ingresses divide the requests of one host and path among them. */
const DIVIDES =
  /^nginx\.ingress\.kubernetes\.io\/canary$|^alb\.ingress\.kubernetes\.io\/conditions\.|^haproxy\.org\/route-acl/;

/** Annotations by which a controller reads an Ingress at another address. */
const ADDRESSES = [
  'kubernetes.io/ingress.class',
  'alb.ingress.kubernetes.io/group.name',
  'traefik.ingress.kubernetes.io/router.entrypoints',
];

function pathsOf(manifest: Manifest): IngressPath[] {
  if (manifest['kind'] !== 'Ingress' || manifest['apiVersion'] !== 'networking.k8s.io/v1') return [];
  const annotations = textsAt(manifest, 'metadata', 'annotations');
  if (Object.entries(annotations).some(([name, value]) => DIVIDES.test(name) && value !== 'false')) return [];
  const address = [
    textAt(manifest, 'spec', 'ingressClassName'),
    ...ADDRESSES.map((name) => annotations[name]),
  ];
  return listAt(manifest, 'spec', 'rules').flatMap((rule, i) => {
    const host = textAt(rule, 'host');
    // Without a host, the Ingress may have an address of its own, as in AWS and Google Cloud.
    if (host === undefined || host === '') return [];
    return listAt(rule, 'http', 'paths').map((path, j): IngressPath => {
      const isExact = textAt(path, 'pathType') === 'Exact';
      const given = textAt(path, 'path') ?? '/';
      const requests = `${host}${isExact ? given : given.replace(/(?<=.)\/$/, '')}`;
      return {
        object: nameOf(manifest),
        backend: JSON.stringify([namespaceOf(manifest), at(path, 'backend')]),
        requests,
        match: JSON.stringify([requests, isExact, address]),
        field: `spec.rules[${i}].http.paths[${j}]`,
      };
    });
  });
}
