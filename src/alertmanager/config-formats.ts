import { GO_DURATION } from '../kubernetes/go-duration.js';
import { expected } from '../diagnostics/expected.js';
import { PLAIN_TEMPLATE, templateProblem } from '../prometheus/go-template.js';
import { checkTimeZone } from '../schema/time-zone.js';
import { isRegularExpression, matcherProblem } from './matchers.js';

/** Returns the problem of a value; undefined if Alertmanager accepts it. */
type Format = (value: unknown) => string | undefined;

const DURATION = /^(0|(?=.)([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?)$/;
const HOST_AND_PORT = /^$|^(\[[^[\]]*\]|[^:[\]]*):[^:[\]]+$/;
const URL_WITH_HOST = /^https?:\/\/[^/?#]+/i;
const TEMPLATE = '{{';

const DURATION_IN_WORDS = 'a duration such as 30s or 5m (units y w d h m s ms in this order)';
const URL_IN_WORDS = 'a URL such as https://example.com/path (http or https)';

/** The formats of single values, by their names in SECTIONS. */
export const FORMATS: Readonly<Record<string, Format>> = {
  text: isScalar('text', () => true),
  labelName: isScalar('the name of a label', (text) => text !== ''),
  responderType: isScalar(
    'team, teams, user, escalation or schedule',
    (text) =>
      (text.includes(TEMPLATE) && templateProblem(text, PLAIN_TEMPLATE) === undefined) ||
      /^(teams?|user|escalation|schedule)$/i.test(text),
  ),
  boolean: (value) => (typeof value === 'boolean' ? undefined : expected('true or false', value)),
  integer: (value) => (Number.isInteger(value) ? undefined : expected('a whole number', value)),
  count: (value) =>
    Number.isInteger(value) && Number(value) >= 0 ? undefined : expected('a whole number from 0', value),
  number: (value) => (typeof value === 'number' ? undefined : expected('a number', value)),
  duration: isScalar(DURATION_IN_WORDS, (text) => DURATION.test(text)),
  positiveDuration: isScalar(
    `${DURATION_IN_WORDS}, above zero`,
    (text) => DURATION.test(text) && /[1-9]/.test(text),
  ),
  goDuration: isScalar('a duration such as 30s or 1h30m (units h m s ms)', (text) => GO_DURATION.test(text)),
  // A number is in nanoseconds.
  timeout: (value) => (typeof value === 'number' ? undefined : FORMATS['goDuration']?.(value)),
  url: isScalar(URL_IN_WORDS, (text) => URL_WITH_HOST.test(text)),
  templateUrl: (value) =>
    typeof value === 'string' && value.includes(TEMPLATE)
      ? templateProblem(value, PLAIN_TEMPLATE)?.message
      : FORMATS['url']?.(value),
  hostPort: isScalar('an address with a port such as smtp.example.com:587', (text) =>
    HOST_AND_PORT.test(text),
  ),
  tlsVersion: isScalar('TLS10, TLS11, TLS12 or TLS13', (text) => /^TLS1[0-3]$/.test(text)),
  regex: isScalar("a regular expression in Alertmanager's syntax (RE2)", isRegularExpression),
  matcher: (value) => (typeof value === 'string' ? matcherProblem(value) : expected('a matcher', value)),
  weekday: isScalar('a day or days such as monday or monday:friday', (text) =>
    isRange(text, (day) => WEEKDAYS.indexOf(day)),
  ),
  dayOfMonth: isScalar('a day of the month from 1 to 31, or -1 to -31 from its end, or 1:7', isDaysOfMonth),
  month: isScalar('a month or months such as january, 1 or june:august', (text) =>
    isRange(text, (month) => (MONTHS.includes(month) ? MONTHS.indexOf(month) + 1 : wholeNumber(month))),
  ),
  year: isScalar('a year or years such as 2030 or 2030:2032', (text) => isRange(text, wholeNumber)),
  location: isScalar('a time zone such as Europe/Berlin', isTimeZone),
  anything: () => undefined,
};

/** The problem of a text that is not one of the choices. An empty text means that it is not set. */
export function choiceProblem(choices: readonly string[], value: unknown): string | undefined {
  const shownChoices = choices.filter((choice) => choice !== '').join(', ');
  return isScalar(`one of ${shownChoices}`, (text) => choices.includes(text))(value);
}

/** Alertmanager reads numbers and booleans as texts. */
function isScalar(what: string, isRight: (text: string) => boolean): Format {
  return (value) => {
    const isText = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    return isText && isRight(String(value)) ? undefined : expected(what, value);
  };
}

/** In the order of Alertmanager's numbers, from 0. */
export const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const MONTHS = [
  'january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november',
  'december',
]; // prettier-ignore

function wholeNumber(text: string): number {
  return /^[-+]?[0-9]+$/.test(text) ? Number(text) : -1;
}

/** Go accepts two names that are not in the database. */
function isTimeZone(text: string): boolean {
  if (['', 'Local'].includes(text)) return true;
  try {
    checkTimeZone(text);
    return true;
  } catch {
    return false;
  }
}

/** @param numberOf returns the number of one end; below 0 if the end is invalid */
function isRange(text: string, numberOf: (end: string) => number): boolean {
  const ends = text.toLowerCase().split(':').map(numberOf);
  const [first = -1, last = first] = ends;
  return ends.length <= 2 && first >= 0 && first <= last;
}

/**
 * Whether a text is a day of the month or a range of days. Days from the end are negative; the shortest month has 28
 * days.
 */
export function isDaysOfMonth(text: string): boolean {
  const ends = text.split(':').map((end) => (/^[-+]?[0-9]+$/.test(end) ? Number(end) : 0));
  const [first = 0, last = first] = ends;
  const isDay = (day: number) => day !== 0 && Math.abs(day) <= 31;
  const inShortest = (day: number) => (day < 0 ? 28 + day : day);
  return (
    ends.length <= 2 &&
    isDay(first) &&
    isDay(last) &&
    !(first < 0 && last > 0) &&
    inShortest(first) <= inShortest(last)
  );
}
