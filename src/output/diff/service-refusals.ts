import { at, textAt, textListAt, type Manifest } from '../../kubernetes/manifest.js';

/** Changes of a Service that the API server refuses: it keeps the addresses and the load balancer that a Service has. */
export function serviceRefusals(before: Manifest, after: Manifest): string[] {
  const both = [before, after];
  if (before['kind'] !== 'Service' || both.some((service) => typeOf(service) === 'ExternalName')) return [];
  return [
    ...refusedAddress(before, after),
    ...(isOther(both.map((service) => textListAt(service, 'spec', 'ipFamilies')[0]))
      ? [refuses('spec.ipFamilies')]
      : []),
    ...(both.every(isBalanced) ? refusedOfBalanced(before, after) : []),
  ];
}

/** Whether the API server keeps a Service headless that should get an address. */
export function staysHeadless(before: Manifest, after: Manifest): boolean {
  return (
    before['kind'] === 'Service' &&
    addressOf(before) === 'None' &&
    addressOf(after) === undefined &&
    typeOf(after) !== 'ExternalName'
  );
}

/** The API server has given an address to a Service without one in its manifest. */
function refusedAddress(before: Manifest, after: Manifest): string[] {
  const [old, young] = [addressOf(before), addressOf(after)];
  if (young === undefined || young === old) return [];
  const unless = old === undefined && young !== 'None' ? ', unless the Service already has this address' : '';
  return [refuses(`spec.clusterIP${unless}`)];
}

function refusedOfBalanced(before: Manifest, after: Manifest): string[] {
  const of = (field: string) => [before, after].map((service) => at(service, 'spec', field));
  const [old, young] = of('loadBalancerClass');
  return [
    ...(old === young ? [] : [refuses('spec.loadBalancerClass')]),
    ...(isOther(of('healthCheckNodePort')) ? [refuses('spec.healthCheckNodePort')] : []),
  ];
}

function refuses(field: string): string {
  return `the API server refuses to change ${field}`;
}

/** Whether a field changes that the API server keeps where it is not set. */
function isOther([old, young]: readonly unknown[]): boolean {
  return old !== undefined && young !== undefined && old !== young;
}

function isBalanced(service: Manifest): boolean {
  return typeOf(service) === 'LoadBalancer';
}

function typeOf(service: Manifest): string {
  return textAt(service, 'spec', 'type') ?? 'ClusterIP';
}

function addressOf(service: Manifest): string | undefined {
  const [first] = textListAt(service, 'spec', 'clusterIPs');
  const address = textAt(service, 'spec', 'clusterIP') ?? first;
  return address === '' ? undefined : address;
}
