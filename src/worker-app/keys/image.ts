import { textField } from '../../schema/fields.js';
import { IMAGE_REFERENCE } from '../../kubernetes/image-reference.js';
import { key } from '../key.js';

export const image = key({
  required: true,
  field: textField(IMAGE_REFERENCE),
  description: 'Container image of the application. Its tag becomes the label `app.kubernetes.io/version`.',
  example: 'registry.example.com/shop:2.4.1',
  container: (reference) => ({ image: reference }),
});
