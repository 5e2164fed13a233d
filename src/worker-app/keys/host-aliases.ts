import type { HostAlias } from '../../kubernetes-shapes/types.js';
import { shapeListField } from '../../schema/shape-field.js';
import { key } from '../key.js';

export const hostAliases = key({
  scope: 'inherited',
  field: () => shapeListField<HostAlias>('HostAlias'),
  description: "Lines for the pods' /etc/hosts: an IP address and its names.",
  unset: 'none',
  example: [{ ip: '10.0.0.7', hostnames: ['legacy.internal'] }],
  pod: (aliases) => ({ hostAliases: aliases }),
});
