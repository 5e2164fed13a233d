import { textField } from '../../schema/fields.js';
import { LABEL_VALUE } from '../../kubernetes/text-rules.js';
import { key } from '../../schema/key.js';

export const instance = key({
  field: textField(LABEL_VALUE),
  description:
    'The label `app.kubernetes.io/instance`: the larger whole that this application is a part of. It is in selectors, which cannot change.',
  unset: 'the name',
  default: ({ name }: { name: string }) => name,
  example: 'shop-eu',
});
