import { UNWRITABLE, type ReservedNames } from '../../schema/fields.js';
import { labelsField } from '../../schema/kubernetes-fields.js';
import { key } from '../../schema/key.js';

/** Kubernetes' recommended labels. */
const RESERVED: ReservedNames = {
  clear: /^(?!app\.kubernetes\.io\/|constructor$)/,
  advice: (name) =>
    name.includes('/')
      ? 'computed from name, instance and image; remove it and set those'
      : UNWRITABLE.advice(name),
};

export const labels = key({
  field: labelsField(RESERVED),
  description:
    'More labels on every object and pod, such as one by which a Prometheus chooses its monitors. Labels of `app.kubernetes.io` are computed.',
  unset: 'none',
  example: { team: 'payments' },
});
