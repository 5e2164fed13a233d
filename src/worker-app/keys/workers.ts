import { wholeNumberField } from '../../schema/fields.js';
import { WORKERS } from '../ports/metrics-ports.js';
import { key } from '../../schema/key.js';

export const workers = key({
  required: true,
  field: () => wholeNumberField(WORKERS),
  description:
    'Number of worker processes in each pod, 1 to 100. The pod gets the number as `WEB_CONCURRENCY`, which gunicorn reads, and a metrics port for each worker.',
  example: 4,
});
