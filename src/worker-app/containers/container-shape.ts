import { changedShape, ownShape } from '../../kubernetes-shapes/shapes.js';

const NAME = { name: 'the key is the name of the container: remove it' };

const IN = {
  type: 'array',
  items: { type: 'string' },
  examples: [['web', 'jobs']],
  description:
    'The pods that have this container: `web`, `jobs` (those of `cronJobs` and `migrate`), and names of `processes`. Default: `[web]`.',
};

/** The map that a key of `initContainers` has. */
export const CONTAINER_ENTRY = ownShape('ContainerEntry', () =>
  changedShape('Container', { elsewhere: NAME, fields: { in: IN } }),
);

/** The map that a key of `sidecars` has. */
export const SIDECAR_ENTRY = ownShape('SidecarEntry', () =>
  changedShape('Container', {
    elsewhere: NAME,
    fields: {
      in: IN,
      native: {
        type: 'boolean',
        description:
          'Whether it starts before the init containers and ends after the application: Kubernetes 1.29 or later. Default: true.',
      },
    },
  }),
);
