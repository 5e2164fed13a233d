import { DNS_1123_LABEL } from '../../kubernetes/text-formats.js';
import type { ContainerEntry, SidecarEntry } from '../../kubernetes-shapes/types.js';
import { recordField, UNWRITABLE, type ReservedNames } from '../../schema/fields.js';
import { key } from '../key.js';
import { withHint } from '../../schema/message-with-hint.js';
import { shapeField } from '../../schema/shape-field.js';
import { CONTAINER_ENTRY, SIDECAR_ENTRY } from './container-shape.js';

/** JavaScript sorts keys that are numbers before all others. */
const IN_ORDER: ReservedNames = {
  allowed: /^(?!constructor$|[0-9]+$)/,
  names: 'numbers',
  refusal: (name) =>
    /^[0-9]+$/.test(name)
      ? withHint('the containers would not keep their order', 'begin the name with a letter')
      : UNWRITABLE.refusal(name),
};

const WITHOUT_IMAGE =
  "One without `image` takes the application's image, with its `env`, `envFrom` and mounts, but without the computed variables; its own entries win.";

export const initContainers = key({
  scope: 'pods',
  field: () => recordField(DNS_1123_LABEL, shapeField<ContainerEntry>(CONTAINER_ENTRY), IN_ORDER),
  description: `Init containers, by name, in Kubernetes' form: each runs and ends before the next one starts, in the order in which they are written, and the application starts after the last one. ${WITHOUT_IMAGE}`,
  unset: 'none',
  example: { 'collect-static': { command: ['python', 'manage.py', 'collectstatic', '--noinput'] } },
});

export const sidecars = key({
  scope: 'pods',
  field: () => recordField(DNS_1123_LABEL, shapeField<SidecarEntry>(SIDECAR_ENTRY), IN_ORDER),
  description: `Containers beside the application's, by name, in Kubernetes' form. They start in the order in which they are written, before the init containers, and restart if they end: Kubernetes 1.29 or later. With \`native: false\` one starts after the init containers, in every version. ${WITHOUT_IMAGE}`,
  unset: 'none',
  example: {
    'sql-proxy': {
      image: 'gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.18.2',
      args: ['--port=5432', 'project:region:shop'],
    },
  },
});
