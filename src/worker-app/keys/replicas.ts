import { wholeNumberField } from '../../schema/fields.js';
import { key } from '../../schema/key.js';

const REPLICAS = { min: 0, max: 10_000 };

export const replicas = key({
  field: wholeNumberField(REPLICAS),
  description: 'Number of pods, 0 to 10000.',
  default: 1,
  example: 3,
});
