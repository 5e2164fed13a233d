import {
  choiceField,
  listField,
  mapField,
  namedValuesField,
  parsedTextField,
  refusal,
  textField,
} from '../fields/fields.js';
import type { TextRule } from '../kubernetes/text-rules.js';
import { DAYS, DEFAULT_TIME_ZONE, type ServiceWindow } from './service-window-props.js';
import { checkTimeZone, nearestTimeZone, TIME_ZONE } from './time-zone.js';
import type { z } from 'zod';

// eslint-disable-next-line no-control-regex
const PRINTABLE = /^[^\u0000-\u001f\u007f]+$/;

/** What the example's database takes for the name of a component. */
export const COMPONENT: TextRule = {
  what: 'the name of a component (1 to 200 characters, no control characters)',
  pattern: PRINTABLE,
  maxLength: 200,
};

const LABEL: TextRule = { what: 'the name of a label (no control characters)', pattern: PRINTABLE };
// eslint-disable-next-line no-control-regex
const LABEL_TEXT: TextRule = { what: 'text', pattern: /^[^\u0000]*$/ };

const CLOCK_TIME: TextRule = {
  what: 'a time of day from "00:00" to "23:59"',
  pattern: /^([01][0-9]|2[0-3]):[0-5][0-9]$/,
};

const clockTime = () =>
  textField(CLOCK_TIME, (value) => {
    if (value === '24:00') return 'write midnight as "00:00"';
    // YAML 1.1 reads 08:30 as a number of minutes, and 22:00 as 1320.
    return typeof value === 'number' ? 'quote it, as in "08:00"' : undefined;
  });

/** The shape of `serviceWindows`. */
export const serviceWindowsSchema = listField(
  mapField({
    component: textField(COMPONENT).meta({
      description: 'Name of the component, with which its metrics begin.',
    }),
    labels: namedValuesField(LABEL, textField(LABEL_TEXT))
      .optional()
      .meta({ description: 'Labels of the component; the same in each of its windows that has any.' }),
    days: listField(choiceField(DAYS))
      .min(1, refusal(`a list of at least one of ${DAYS.join(', ')}`))
      .meta({ description: 'Days on which the window begins.' }),
    start: clockTime().meta({ description: 'Time of day when it begins.' }),
    end: clockTime().meta({
      description: 'Time of day when it ends; on the next day when that is not after the start.',
    }),
    timeZone: parsedTextField(TIME_ZONE, checkTimeZone, nearestTimeZone)
      .optional()
      .meta({ description: 'IANA time zone.', default: DEFAULT_TIME_ZONE }),
  }),
) satisfies z.ZodType<readonly ServiceWindow[]>;
