import { wholeNumberField } from '../../schema/fields.js';
import { WORKERS } from '../ports/metrics-ports.js';
import { key } from '../../schema/key.js';

export const workers = key({
  required: true,
  field: wholeNumberField(WORKERS),
  description:
    'Worker processes in each pod, 1 to 100. Each gets a metrics port. The application reads the number from `WEB_CONCURRENCY`.',
  example: 4,
});
