import { namedValuesField, textField, type TakenNames } from '../../schema/fields.js';
import { LABEL_KEY, LABEL_VALUE } from '../../kubernetes/text-rules.js';
import { key } from '../../schema/key.js';

/** Kubernetes' recommended labels. */
const RESERVED: TakenNames = {
  clear: /^(?!app\.kubernetes\.io\/)/,
  advice: () => 'computed from name, instance and image; remove it and set those',
};

export const labels = key({
  field: namedValuesField(LABEL_KEY, textField(LABEL_VALUE), RESERVED),
  description:
    'More labels on every object and pod, such as one by which a Prometheus chooses its monitors. Labels of `app.kubernetes.io` are computed.',
  unset: 'none',
  example: { team: 'payments' },
});
