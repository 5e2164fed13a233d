import type { Manifest } from '../../kubernetes/manifest.js';
import type { KeyContext } from '../key.js';
import type { Ingress } from './ingress-key.js';

/** A host of an Ingress with its paths, as the values give them. */
interface Rule {
  readonly host?: string | undefined;
  readonly paths: readonly Path[];
}

export type Path = NonNullable<Ingress['paths']>[number];

/** The hosts and paths of an Ingress. */
export function rulesOf({ host, hosts, path, paths, rules }: Ingress): readonly Rule[] {
  const own = paths ?? [{ ...(path !== undefined && { path }) }];
  if (rules !== undefined) return rules.map((rule) => ({ host: rule.host, paths: rule.paths ?? own }));
  return (hosts ?? [host]).map((one) => ({ host: one, paths: own }));
}

/** The hosts of an Ingress, without duplicates. */
export function hostsOf(ingress: Ingress): string[] {
  return [...new Set(rulesOf(ingress).flatMap(({ host }) => host ?? []))];
}

/** The Ingress of an application. */
export function ingressObject(ingress: Ingress, { name }: Pick<KeyContext, 'name'>): Manifest {
  const { className, annotations, pathType = 'Prefix', tls } = ingress;
  const hosts = hostsOf(ingress);
  const secretName = tls === true ? `${name}-tls` : tls;
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { ...(annotations !== undefined && { annotations }) },
    spec: {
      ...(className !== undefined && { ingressClassName: className }),
      ...(secretName !== undefined &&
        secretName !== false && {
          tls: Array.isArray(secretName) ? secretName : [{ ...(hosts.length > 0 && { hosts }), secretName }],
        }),
      rules: rulesOf(ingress).map(({ host, paths }) => ({
        ...(host !== undefined && { host }),
        http: {
          paths: paths.map((one) => ({
            path: one.path ?? '/',
            pathType: one.pathType ?? pathType,
            backend: { service: { name: one.service ?? name, port: portOf(one.port ?? 'http') } },
          })),
        },
      })),
    },
  };
}

function portOf(port: string | number): object {
  return typeof port === 'number' ? { number: port } : { name: port };
}
