import type { TextFormat } from './text-formats.js';

/** A schedule of a CronJob, as Kubernetes reads it (robfig/cron, ParseStandard). */
export const CRON_SCHEDULE: TextFormat = {
  what: 'a schedule such as "0 3 * * *" (minute, hour, day of month, month, day of week), or @daily',
  pattern: /^(@(yearly|annually|monthly|weekly|daily|midnight|hourly)|@every [0-9]\S*|\S+( +\S+){4})$/,
  maxLength: 200,
};

interface Field {
  readonly least: number;
  readonly most: number;
  /** Names of the numbers from the least. */
  readonly names?: readonly string[];
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const DAYS = 'sun mon tue wed thu fri sat'.split(' ');

const FIELDS: readonly Field[] = [
  { least: 0, most: 59 },
  { least: 0, most: 23 },
  { least: 1, most: 31 },
  { least: 1, most: 12, names: MONTHS },
  { least: 0, most: 6, names: DAYS },
];

/** @throws RangeError if Kubernetes refuses the schedule */
export function checkSchedule(schedule: string): void {
  if (schedule.startsWith('@')) return;
  const fields = schedule.trim().split(/ +/);
  const areValid =
    fields.length === FIELDS.length &&
    fields.every((text, i) => text.split(',').every((range) => isRange(range, FIELDS[i] as Field)));
  if (!areValid) throw new RangeError(`${schedule} is no schedule`);
}

// A range: `*`, `5`, `1-5` or `mon-fri`, each also with a step such as `/10`.
function isRange(text: string, field: Field): boolean {
  const [, all, from, to, step] =
    /^(?:(\*|\?)|([a-z]+|[0-9]+)(?:-([a-z]+|[0-9]+))?)(?:\/([0-9]+))?$/i.exec(text) ?? [];
  if (step !== undefined && Number(step) === 0) return false;
  if (all !== undefined) return true;
  const [first, last] = [numberOf(from, field), numberOf(to ?? from, field)];
  return first !== undefined && last !== undefined && first <= last;
}

function numberOf(text: string | undefined, { least, most, names = [] }: Field): number | undefined {
  const index = names.indexOf(text?.toLowerCase() ?? '');
  const number = index === -1 ? Number(text) : index + least;
  return number >= least && number <= most ? number : undefined;
}
