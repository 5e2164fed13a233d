import { isDeepStrictEqual } from 'node:util';
import { isMap, listAt, mapAt, textAt } from '../../kubernetes/manifest.js';
import type { Carrying } from './carry.js';

interface Rule {
  readonly host: string | undefined;
  readonly paths: readonly object[];
}

/** The Ingress. Paths to the port of the Service need no port, and those to the application no Service. */
export function carryIngress({ release, draft }: Carrying): void {
  const { ingress } = release;
  if (ingress === undefined) return;
  const spec = ingress.at('spec');
  draft.copy(['ingress', 'className'], spec.at('ingressClassName'));
  draft.copy(['ingress', 'annotations'], ingress.at('metadata', 'annotations'));
  const rules = listAt(spec.value, 'rules').map((rule): Rule => ({
    host: textAt(rule, 'host'),
    paths: listAt(rule, 'http', 'paths').map((path) => pathOf(path, release)),
  }));
  const from = spec.at('rules');
  const [first] = rules;
  const hosts = rules.flatMap(({ host }) => host ?? []);
  if (
    first !== undefined &&
    rules.every(({ host, paths }) => host !== undefined && isDeepStrictEqual(paths, first.paths))
  ) {
    if (hosts.length === 1) draft.put(['ingress', 'host'], hosts[0], from.at(0, 'host'));
    else draft.put(['ingress', 'hosts'], hosts, from);
    const [path, ...others] = first.paths;
    if (others.length > 0) draft.put(['ingress', 'paths'], first.paths, from.at(0, 'http', 'paths'));
    else if (path !== undefined && Object.keys(path).every((field) => field.startsWith('path')))
      for (const [field, value] of Object.entries(path))
        draft.put(['ingress', field], value, from.at(0, 'http', 'paths', 0, field));
    else draft.put(['ingress', 'paths'], first.paths, from.at(0, 'http', 'paths'));
  } else
    draft.put(
      ['ingress', 'rules'],
      rules.map(({ host, paths }) => ({ ...(host !== undefined && { host }), paths })),
      from,
    );
  const tls = spec.at('tls');
  const [only, ...more] = tls.items;
  const isOne = only !== undefined && more.length === 0 && isDeepStrictEqual(only.map['hosts'], hosts);
  if (isOne) draft.copy(['ingress', 'tls'], only.at('secretName'));
  else draft.copy(['ingress', 'tls'], tls);
}

function pathOf(given: object, { service, servicePort }: Carrying['release']): object {
  const { path, pathType } = given as Readonly<Record<string, unknown>>;
  const backend = mapAt(given, 'backend', 'service');
  const { name, number } = mapAt(backend, 'port');
  const isHttp =
    servicePort === undefined ||
    number === servicePort.map['port'] ||
    (name !== undefined && name === servicePort.map['name']);
  const isOwn = textAt(backend, 'name') === textAt(service?.value, 'metadata', 'name');
  return {
    ...(path !== undefined && path !== '/' && { path }),
    ...(pathType !== undefined && pathType !== 'Prefix' && { pathType }),
    ...(!isOwn && { service: backend['name'] }),
    ...(!(isOwn && isHttp) && isMap(backend['port']) && { port: number ?? name }),
  };
}
