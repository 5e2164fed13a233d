import type { Lifecycle } from '../../kubernetes-shapes/types.js';
import { wholeNumberField } from '../../schema/fields.js';
import { shapeField } from '../../schema/shape-field.js';
import { key } from '../key.js';

export const lifecycle = key({
  scope: 'pods',
  field: () => shapeField<Lifecycle>('Lifecycle'),
  description:
    "Hooks of the application's container, in Kubernetes' form. They are merged over the `preStop` of `gunicorn`; null removes it.",
  unset: 'with `gunicorn`, a `preStop` that waits until no more requests arrive',
  example: { preStop: { exec: { command: ['sleep', '10'] } } },
  container: (hooks) => ({ lifecycle: hooks }),
});

export const terminationGracePeriodSeconds = key({
  scope: 'pods',
  field: () => wholeNumberField({ min: 0, max: 2 ** 31 - 1 }),
  description: 'Seconds between the `preStop` hook and the kill of a container that has not ended.',
  unset: "with `gunicorn`, its graceful timeout and 10 seconds more; else Kubernetes' default: 30",
  example: 60,
  pod: (seconds) => ({ terminationGracePeriodSeconds: seconds }),
});
