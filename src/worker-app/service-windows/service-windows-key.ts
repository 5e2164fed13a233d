import {
  choiceField,
  listField,
  recordField,
  UNWRITABLE,
  parsedTextField,
  refusal,
  textField,
} from '../../schema/fields.js';
import type { TextFormat } from '../../kubernetes/text-formats.js';
import { key, partialKey, type ResolvedKeys } from '../../schema/key.js';
import { objectOf, resolveKeys } from '../../schema/object-of-keys.js';
import { named } from '../../schema/type-names.js';
import { checkTimeZone, nearestTimeZone, TIME_ZONE } from '../../schema/time-zone.js';

// eslint-disable-next-line no-control-regex
const PRINTABLE = /^[^\u0000-\u001f\u007f]+$/;

/** The name of a component. The database of the reference application stores at most 200 characters. */
export const COMPONENT: TextFormat = {
  what: 'the name of a component (1 to 200 characters, no control characters)',
  pattern: PRINTABLE,
  maxLength: 200,
};

const LABEL: TextFormat = { what: 'the name of a label (no control characters)', pattern: PRINTABLE };
// eslint-disable-next-line no-control-regex
const LABEL_TEXT: TextFormat = { what: 'text', pattern: /^[^\u0000]*$/ };

const CLOCK_TIME: TextFormat = {
  what: 'a time of day from "00:00" to "23:59"',
  pattern: /^([01][0-9]|2[0-3]):[0-5][0-9]$/,
};

const clockTime = () =>
  textField(CLOCK_TIME, (value) => {
    if (value === '24:00') return 'write midnight as "00:00"';
    // YAML 1.1 reads 08:30 as a number of minutes, and 22:00 as 1320.
    return typeof value === 'number' ? 'quote it, as in "08:00"' : undefined;
  });

export const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

const WINDOW = { component: 'billing', days: ['Mon' as const], start: '08:00', end: '18:00' };

const items = {
  component: key({
    required: true,
    field: () => textField(COMPONENT),
    description:
      'Name of the component, 1 to 200 characters. The names of its metrics begin with it: `billing_service_window_in_window`.',
    example: 'search',
  }),
  labels: key({
    field: () => recordField(LABEL, textField(LABEL_TEXT), UNWRITABLE),
    description:
      "Labels of the component's metrics. If several windows of a component have labels, they must be the same.",
    unset: 'none',
    example: { tier: 'gold' },
  }),
  days: key({
    required: true,
    field: () =>
      listField(named('Day', choiceField(DAYS), 'A day of the week.')).min(
        1,
        refusal(`a list of at least one of ${DAYS.join(', ')}`),
      ),
    description: 'Days of the week on which the window begins, in `timeZone`.',
    example: ['Tue' as const],
  }),
  start: key({
    required: true,
    field: () => clockTime(),
    description: 'Time of day at which the window begins, in `timeZone`. Quote it: `"08:00"`.',
    example: '09:00',
  }),
  end: key({
    required: true,
    field: () => clockTime(),
    description:
      'Time of day at which the window ends. If it is not later than `start`, the window ends on the next day.',
    example: '17:00',
  }),
  timeZone: key({
    field: () => parsedTextField(TIME_ZONE, checkTimeZone, nearestTimeZone),
    description: 'Time zone of the window, by its IANA name.',
    default: 'UTC',
    example: 'Europe/Amsterdam',
  }),
};

/** A service window with every default filled in. */
export type ResolvedServiceWindow = ResolvedKeys<typeof items>;

/** The key `serviceWindows`. */
export const serviceWindows = partialKey({
  field: () =>
    listField(
      named(
        'ServiceWindow',
        objectOf(items),
        'A weekly time window in which a component must be in service. A component may have several windows.',
      ),
    ),
  items,
  description:
    'Weekly times at which components of the application must be in service. They are written to the ConfigMap `<name>-service-windows`, which the application reads from the file in `COMPONENTS_FILE`, and as time intervals for Alertmanager.',
  unset: 'none',
  example: [WINDOW],
  resolve: (given) => given?.map((window): ResolvedServiceWindow => resolveKeys(items, window)),
});
