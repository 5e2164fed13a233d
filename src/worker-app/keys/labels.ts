import { withHint } from '../../schema/message-with-hint.js';
import { UNWRITABLE, type ReservedNames } from '../../schema/fields.js';
import { labelsField } from '../../schema/kubernetes-fields.js';
import { key } from '../../schema/key.js';

/** Kubernetes' recommended labels are computed. */
const RESERVED: ReservedNames = {
  allowed: /^(?!app\.kubernetes\.io\/|constructor$)/,
  names: 'those that begin with app.kubernetes.io/',
  refusal: (name) =>
    name.includes('/')
      ? withHint('computed from name, instance and image', 'remove it and set those')
      : UNWRITABLE.refusal(name),
};

export const labels = key({
  field: () => labelsField(RESERVED),
  description:
    'Additional labels of every object and pod, such as the label by which Prometheus selects its monitors. Labels that begin with `app.kubernetes.io/` are computed and must not be set.',
  unset: 'none',
  example: { team: 'payments' },
});
