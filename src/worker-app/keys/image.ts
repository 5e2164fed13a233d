import { inspectName } from '../../diagnostics/expected.js';
import { textField } from '../../schema/fields.js';
import { imageHint, IMAGE_REFERENCE } from '../../kubernetes/image-reference.js';
import { key } from '../key.js';

export const image = key({
  scope: 'inherited',
  required: true,
  field: () => textField(IMAGE_REFERENCE, hint),
  description: 'Container image of the application. Its tag becomes the label `app.kubernetes.io/version`.',
  example: 'registry.example.com/shop:2.4.1',
  container: (reference) => ({ image: reference }),
});

/** Hint for a text, and for the map of a Helm chart: `{ repository: example/shop, tag: v1 }`. */
function hint(value: unknown): string | undefined {
  const { repository, tag } = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    unknown
  >;
  if (typeof repository !== 'string') return imageHint(value);
  // YAML reads 1.10 as 1.1
  if (typeof tag === 'number')
    return `write repository and tag as one text: image: ${inspectName(repository)}:TAG`;
  return `write image: ${inspectName(repository)}${typeof tag === 'string' ? `:${inspectName(tag)}` : ''}`;
}
