import { choiceField } from '../../schema/fields.js';
import { named } from '../../schema/type-names.js';
import { key } from '../key.js';

export const imagePullPolicy = key({
  scope: 'inherited',
  field: () =>
    named(
      'ImagePullPolicy',
      choiceField(['Always', 'IfNotPresent', 'Never']),
      'When a node downloads the image.',
    ),
  description: 'When Kubernetes pulls the image.',
  unset: "Kubernetes' default: Always for the tag latest or no tag, otherwise IfNotPresent",
  example: 'Always',
  container: (policy) => ({ imagePullPolicy: policy }),
});
