import type { TextFormat } from './text-formats.js';

// The fields and resources that a variable may contain.
// @see https://kubernetes.io/docs/concepts/workloads/pods/downward-api/

/** Fields of a pod by their whole name. Labels and annotations are single: `metadata.labels['team']`. */
export const POD_FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];

export const POD_FIELD: TextFormat = {
  what: `${POD_FIELDS.join(', ')}, metadata.labels['KEY'] or metadata.annotations['KEY']`,
  pattern: new RegExp(
    `^(${POD_FIELDS.join('|').replaceAll('.', String.raw`\.`)}|metadata\\.(labels|annotations)\\['([-a-zA-Z0-9.]+/)?[a-zA-Z0-9]([-_.a-zA-Z0-9]*[a-zA-Z0-9])?'\\])$`,
  ),
  maxLength: 350,
};

const RESOURCES = ['cpu', 'memory', 'ephemeral-storage'];

/** Resources of a container, for hints. */
export const CONTAINER_RESOURCES = ['limits', 'requests'].flatMap((kind) =>
  RESOURCES.map((resource) => `${kind}.${resource}`),
);

export const CONTAINER_RESOURCE: TextFormat = {
  what: `${CONTAINER_RESOURCES.join(', ')}, limits.hugepages-SIZE or requests.hugepages-SIZE`,
  pattern: new RegExp(`^(limits|requests)\\.(${RESOURCES.join('|')}|hugepages-[1-9][0-9]*[KMGT]i)$`),
};

export const DIVISOR: TextFormat = {
  what: '"1", or a unit: 1m for CPU, 1Ki, 1Mi, 1Gi, 1k, 1M, 1G … for the others',
  pattern: /^1([kMGTPE]|[KMGTPE]i|m)?$/,
};

/** Whether a resource can be divided by it: CPU by cores or millicores, others by bytes and their multiples. */
export function divides(divisor: string, resource: string): boolean {
  return divisor === '1' || (divisor === '1m') === resource.endsWith('.cpu');
}
