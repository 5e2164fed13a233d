import {
  listAt,
  namespaceOf,
  textAt,
  textListAt,
  textsAt,
  type Manifest,
} from '../../../src/kubernetes/manifest.js';

/**
 * What the DNS server of a cluster answers for headless Services and the pods behind them, as lines of /etc/hosts. It is
 * computed from the EndpointSlices of the real controller.
 */
export function headlessNames(slices: Iterable<Manifest>): string[] {
  return [...slices].filter(isHeadless).flatMap((slice) => {
    const service = textsAt(slice, 'metadata', 'labels')['kubernetes.io/service-name'] ?? '';
    const host = `${service}.${namespaceOf(slice)}.svc`;
    return listAt(slice, 'endpoints').flatMap((endpoint) => {
      const [address] = textListAt(endpoint, 'addresses');
      const ready = (endpoint['conditions'] as Manifest | undefined)?.['ready'];
      if (address === undefined || ready === false) return [];
      const pod = textAt(endpoint, 'hostname');
      const names =
        pod === undefined ? [] : [`${pod}.${service}`, `${pod}.${host}`, `${pod}.${host}.cluster.local`];
      return [[address, host, `${host}.cluster.local`, ...names].join(' ')];
    });
  });
}

function isHeadless(slice: Manifest): boolean {
  return 'service.kubernetes.io/headless' in textsAt(slice, 'metadata', 'labels');
}
