import { expected, inspect, knownAre, nearestName, oneOf } from '../diagnostics/expected.js';
import { GO_DURATION } from './go-duration.js';
import type { TextFormat } from './text-formats.js';

/** A schedule of a CronJob, as Kubernetes reads it. @see ParseStandard of robfig/cron 3 */
export const CRON_SCHEDULE: TextFormat = {
  what: 'a schedule such as "0 3 * * *" (minute, hour, day of month, month, day of week), or @daily',
  pattern:
    /^(@(yearly|annually|monthly|weekly|daily|midnight|hourly)|@every [0-9.+-]\S*|\s*[^\s@]\S*(\s+\S+){4}\s*)$/,
  maxLength: 200,
};

const DESCRIPTORS = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];
const EVERY = '@every ';

interface Field {
  readonly title: string;
  readonly least: number;
  readonly most: number;
  /** Names of the numbers from the least. */
  readonly names?: readonly string[];
}

const FIELDS: readonly Field[] = [
  { title: 'minute', least: 0, most: 59 },
  { title: 'hour', least: 0, most: 23 },
  { title: 'day of month', least: 1, most: 31 },
  { title: 'month', least: 1, most: 12, names: 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ') },
  { title: 'day of week', least: 0, most: 6, names: 'sun mon tue wed thu fri sat'.split(' ') },
];

/** The fault of a schedule, and the fix. */
interface Fault {
  readonly message: string;
  readonly hint?: string | undefined;
}

const TIME_ZONE = /^(?:CRON_)?TZ=\S*/;

/** Whether a schedule contains its time zone. */
export function hasTimeZone(schedule: string): boolean {
  return TIME_ZONE.test(schedule);
}

/** The faults of a schedule in one message; undefined if Kubernetes accepts it. */
export function scheduleFault(schedule: string): Fault | undefined {
  const [zone] = TIME_ZONE.exec(schedule) ?? [];
  if (zone !== undefined) return zoneFault(zone, schedule.slice(zone.length).trim());
  if (schedule.startsWith('@')) return descriptorFault(schedule);
  const texts = schedule.split(/\s+/).filter((text) => text !== '');
  if (texts.length !== FIELDS.length) return countFault(texts);
  const faults = FIELDS.flatMap((field, i) => fieldFault(texts[i] ?? '', field) ?? []);
  if (faults.length === 0) return undefined;
  const hints = faults.flatMap(({ hint }) => hint ?? []);
  return {
    message: faults.map(({ message }) => message).join('; '),
    hint: hints.length === 0 ? undefined : hints.join('; '),
  };
}

/** Why a valid schedule never runs: no month of it has the day. Undefined if it may run. */
export function neverRuns(schedule: string): string | undefined {
  const [, , day = '', month = '', weekday = ''] = schedule.trim().split(/\s+/);
  const numbers = (text: string) => text.split(',').map((one) => (isNumber(one) ? Number(one) : undefined));
  const [days, months] = [numbers(day), numbers(month)];
  if (!/^[*?]$/.test(weekday) || [...days, ...months].includes(undefined)) return undefined;
  const longest = Math.max(...months.map((one) => LENGTHS[(one ?? 1) - 1] ?? 31));
  if (days.some((one) => (one ?? 0) <= longest)) return undefined;
  return `${months.length > 1 ? `months ${month} have` : `month ${month} has`} no day ${day}`;
}

/** Days of each month, in a leap year. */
const LENGTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Kubernetes refuses it in a new CronJob. */
function zoneFault(zone: string, schedule: string): Fault {
  const name = zone.slice(zone.indexOf('=') + 1);
  const hint = `set timeZone: ${name} beside it, and write schedule: ${inspect(schedule)}`;
  return {
    message: `Kubernetes accepts no time zone in a schedule of a new CronJob, got ${inspect(zone)}`,
    hint,
  };
}

function descriptorFault(schedule: string): Fault | undefined {
  if (DESCRIPTORS.includes(schedule)) return undefined;
  if (!`${schedule} `.startsWith(EVERY)) {
    const hint = nearestName(schedule, DESCRIPTORS) ?? knownAre([...DESCRIPTORS, '@every 1h30m']);
    return { message: `Kubernetes has no schedule ${inspect(schedule)}`, hint };
  }
  const duration = schedule.slice(EVERY.length);
  if (GO_DURATION.test(duration)) return undefined;
  return { message: `@every: ${expected('a duration such as 1h30m or 90s (units h m s)', duration)}` };
}

function countFault(texts: readonly string[]): Fault {
  const titles = FIELDS.map(({ title }) => title);
  const message = `expected ${titles.length} fields (${titles.join(', ')}), got ${texts.length}`;
  const missing = titles.slice(texts.length);
  if (missing.length > 0) {
    const near = nearestName(`@${texts.join('')}`, DESCRIPTORS);
    const are = missing.length === 1 ? 'is' : 'are';
    return { message, hint: near ?? `${oneOf(missing).replace(' or ', ' and ')} ${are} missing` };
  }
  const withoutSeconds = texts.slice(1, FIELDS.length + 1).join(' ');
  if (scheduleFault(withoutSeconds) === undefined)
    return { message, hint: `Kubernetes has no seconds: write ${inspect(withoutSeconds)}` };
  const first = texts.slice(0, FIELDS.length).join(' ');
  const isSchedule = scheduleFault(first) === undefined;
  return { message, hint: isSchedule ? `write ${inspect(first)}; a program goes into command` : undefined };
}

/** A field is a list of ranges. Empty items do not count. */
function fieldFault(text: string, field: Field): Fault | undefined {
  const ranges = text.split(',').filter((range) => range !== '');
  if (ranges.length === 0) return wrongValue(text, field);
  return ranges.map((range) => rangeFault(range, field)).find((fault) => fault !== undefined);
}

/** A range: `*`, `5`, `1-5` or `mon-fri`, each also with a step such as `/10`. */
function rangeFault(text: string, field: Field): Fault | undefined {
  const { title, least, most, names } = field;
  const [range = '', step = '1', ...steps] = text.split('/');
  const [from = '', to = from, ...more] = range.split('-');
  if (steps.length > 0 || !(numberIn(step) > 0))
    return { message: `${title}: ${expected('a step of 1 or more', text)}` };
  if (from === '*' || from === '?') return undefined;
  const wrong = [from, to].find((value) => numberOf(value, field) === undefined);
  if (wrong !== undefined || more.length > 0)
    return wrongValue(more.length > 0 ? range : wrong || text, field);
  if (Number(numberOf(from, field)) <= Number(numberOf(to, field))) return undefined;
  const [last, first] = isNumber(from) ? [most, least] : [names?.at(-1), names?.[0]];
  const hint = `write ${from}-${last},${first}-${to}`;
  return { message: `${title}: ${inspect(range)} ends before it begins`, hint };
}

function wrongValue(text: string | undefined, { title, least, most, names = [] }: Field): Fault {
  const words = names.length > 0 ? `, or ${names[0]} to ${names.at(-1)}` : '';
  const message = `${title}: ${expected(`${least} to ${most}${words}`, text)}`;
  const name = names.find((one) => text?.toLowerCase().startsWith(one));
  if (name !== undefined) return { message, hint: `did you mean ${inspect(name)}?` };
  return { message, hint: title === 'day of week' && text === '7' ? 'Sunday is 0' : undefined };
}

function numberOf(text: string, { least, most, names = [] }: Field): number | undefined {
  const index = names.indexOf(text.toLowerCase());
  const number = index === -1 ? numberIn(text) : index + least;
  return number >= least && number <= most ? number : undefined;
}

/** NaN if the text is no whole number. */
function numberIn(text: string): number {
  return isNumber(text) ? Number(text) : NaN;
}

function isNumber(text: string): boolean {
  return /^\+?[0-9]+$/.test(text);
}
