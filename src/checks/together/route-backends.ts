import { at, listAt, nameOf, namespaceOf, textAt, type Manifest } from '../../kubernetes/manifest.js';

/** A Service port to which an Ingress or HTTPRoute sends requests. */
export interface Backend {
  readonly object: string;
  readonly namespace: string;
  readonly service: string | undefined;
  /** Name or number of a port. */
  readonly port: unknown;
  /** `spec.rules[0].http.paths[0].backend` */
  readonly field: string;
  /** The field that names the Service. */
  readonly nameField: string;
}

/** Returns the backends of an Ingress or HTTPRoute; none for other objects. */
export function backendsOf(manifest: Manifest): Backend[] {
  const { apiVersion, kind } = manifest;
  if (kind === 'Ingress' && apiVersion === 'networking.k8s.io/v1') return ofIngress(manifest);
  const isRoute =
    kind === 'HTTPRoute' && textAt(manifest, 'apiVersion')?.startsWith('gateway.networking.k8s.io/');
  return isRoute === true ? ofRoute(manifest) : [];
}

/**
 * The port of a backend that is an action, such as a redirect: an annotation defines it, and its name is no Service.
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#actions
 */
const OF_ACTIONS = 'use-annotation';

function ofIngress(manifest: Manifest): Backend[] {
  const backend = (given: unknown, field: string): Backend => ({
    object: nameOf(manifest),
    namespace: namespaceOf(manifest),
    service: textAt(given, 'service', 'name'),
    port: at(given, 'service', 'port', 'name') || at(given, 'service', 'port', 'number'),
    field,
    nameField: `${field}.service.name`,
  });
  const ofAll = at(manifest, 'spec', 'defaultBackend');
  const all = [
    ...(ofAll === undefined ? [] : [backend(ofAll, 'spec.defaultBackend')]),
    ...listAt(manifest, 'spec', 'rules').flatMap((rule, i) =>
      listAt(rule, 'http', 'paths').map((path, j) =>
        backend(path['backend'], `spec.rules[${i}].http.paths[${j}].backend`),
      ),
    ),
  ];
  return all.filter(({ port }) => port !== OF_ACTIONS);
}

function ofRoute(manifest: Manifest): Backend[] {
  return listAt(manifest, 'spec', 'rules').flatMap((rule, i) =>
    listAt(rule, 'backendRefs').flatMap((backend, j) => {
      const isService = (backend['kind'] ?? 'Service') === 'Service' && (backend['group'] ?? '') === '';
      const field = `spec.rules[${i}].backendRefs[${j}]`;
      return isService
        ? {
            object: nameOf(manifest),
            namespace: textAt(backend, 'namespace') ?? namespaceOf(manifest),
            service: textAt(backend, 'name'),
            port: backend['port'],
            field,
            nameField: `${field}.name`,
          }
        : [];
    }),
  );
}
