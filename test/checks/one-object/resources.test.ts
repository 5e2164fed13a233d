import { afterwards, type DiagnosticCase, type FineCase } from '../one-change.js';

const IN_CONTAINER = 'Deployment default/shop: spec.template.spec.containers[0]';

test.each<DiagnosticCase>([
  [
    'half a resource with a domain',
    ({ container }) => (container.resources.limits['nvidia.com/gpu'] = '500m'),
    `${IN_CONTAINER}.resources.limits["nvidia.com/gpu"]: expected a whole number, got 500m`,
  ],
  [
    'a request for a resource with a domain, without a limit',
    ({ container }) => (container.resources.requests['nvidia.com/gpu'] = 1),
    `${IN_CONTAINER}.resources.requests["nvidia.com/gpu"]: a device is never overcommitted: the limit must equal the request; set resources.limits.nvidia.com/gpu to 1`,
  ],
  [
    'a request for a resource with a domain, below its limit',
    ({ container }) => {
      container.resources.requests['nvidia.com/gpu'] = 1;
      container.resources.limits['nvidia.com/gpu'] = 2;
    },
    `${IN_CONTAINER}.resources.requests["nvidia.com/gpu"]: a device is never overcommitted: the limit must equal the request; set resources.limits.nvidia.com/gpu to 1`,
  ],
  [
    'a request above its limit',
    ({ container }) => (container.resources.requests.memory = '1Gi'),
    `${IN_CONTAINER}.resources.requests.memory: the request of 1Gi is above the limit of 640Mi; lower it, or raise resources.limits.memory`,
  ],
  [
    'a request that is no quantity',
    ({ container }) => (container.resources.requests.memory = '256 MB'),
    `${IN_CONTAINER}.resources.requests.memory: expected a quantity such as 500m, 0.5, 256Mi or 2Gi, got "256 MB"; write 256Mi`,
  ],
  [
    'a limit that is no quantity',
    ({ container }) => (container.resources.limits.cpu = true),
    `${IN_CONTAINER}.resources.limits.cpu: expected a quantity such as 500m, 0.5, 256Mi or 2Gi, got true`,
  ],
])('%s is found, and nothing else', (_, change, ...found) => {
  expect(afterwards(change)).toEqual(found);
});

test.each<FineCase>([
  ['an amount that is null, as none', ({ container }) => (container.resources.requests.cpu = null)],
  ['a request with an exponent', ({ container }) => (container.resources.requests.memory = '1e8')],
  ['a request that is a number', ({ container }) => (container.resources.requests.cpu = 0.5)],
  ['a variable that Flux replaces', ({ container }) => (container.resources.limits.memory = '${MEMORY}')],
  ['a request that is its limit', ({ container }) => (container.resources.requests.memory = '640Mi')],
  [
    'a resource with a domain whose limit is its request',
    ({ container }) => {
      container.resources.requests['nvidia.com/gpu'] = '1k';
      container.resources.limits['nvidia.com/gpu'] = 1000;
    },
  ],
  [
    'a limit of a resource with a domain alone, which is its request too',
    ({ container }) => (container.resources.limits['nvidia.com/gpu'] = '1'),
  ],
  [
    "a request for a resource of Kubernetes' own domain, without a limit",
    ({ container }) => (container.resources.requests['scheduling.kubernetes.io/x'] = 1),
  ],
  [
    'a fraction of a byte, as Kubernetes itself writes 1.6Gi',
    ({ container }) => (container.resources.limits.memory = '1717986918400m'),
  ],
  [
    'a fraction of a byte below 1 MiB, of which Kubernetes warns',
    ({ container }) => (container.resources.requests.memory = '128m'),
  ],
  [
    'a fraction of a byte on disk, of which Kubernetes warns',
    ({ container }) => (container.resources.limits['ephemeral-storage'] = '1.5'),
  ],
  [
    "a fraction of a resource in Kubernetes' own domain, which is no count",
    ({ container }) => (container.resources.limits['scheduling.kubernetes.io/x'] = '500m'),
  ],
])('%s is fine', (_, change) => {
  expect(afterwards(change)).toEqual([]);
});
