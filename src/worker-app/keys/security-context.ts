import type { PodSecurityContext, SecurityContext } from '../../kubernetes-shapes/types.js';
import { shapeField } from '../../schema/shape-field.js';
import { key } from '../key.js';

export const podSecurityContext = key({
  scope: 'inherited',
  field: () => shapeField<PodSecurityContext>('PodSecurityContext'),
  description:
    "Security context of the pods, in Kubernetes' form. It is merged over the default; null removes a field of it.",
  unset: "the settings that Pod Security 'restricted' requires",
  example: { fsGroup: 2000 },
  pod: (securityContext) => ({ securityContext }),
});

export const containerSecurityContext = key({
  scope: 'inherited',
  field: () => shapeField<SecurityContext>('SecurityContext'),
  description:
    "Security context of the application's container, in Kubernetes' form. It is merged over the default; null removes a field of it.",
  unset: "the settings that Pod Security 'restricted' requires, and a read-only file system",
  example: { readOnlyRootFilesystem: false },
  container: (securityContext) => ({ securityContext }),
});
