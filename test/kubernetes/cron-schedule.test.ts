import { CRON_SCHEDULE, scheduleFault } from '../../src/kubernetes/cron-schedule.js';
import { matches } from '../../src/kubernetes/text-formats.js';

/** The fault of a schedule in one line. */
function faultOf(text: string): string | undefined {
  const { message, hint } = scheduleFault(text) ?? {};
  return hint === undefined ? message : `${message}; ${hint}`;
}

const FIELDS = 'expected 5 fields (minute, hour, day of month, month, day of week)';

test.each([
  '* * * * *', '0 3 * * *', '*/15 0-6,22 1,15 jan-MAR mon-fri', '0 0 ? * 0', '? ? ? ? ?', '5/10 * * * *', '*/90 * * * *',
  '1, * * * *', '1,,2 * * * *', ' 0\t3  * * *\n', '007 +3 * * *', '0 0 * feb 0-Tue',
  '@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly', '@every 1h30m', '@every 1.5h', '@every 90s',
])('%j is a schedule of Kubernetes', (text) => {
  expect(faultOf(text)).toBeUndefined();
  expect(matches(CRON_SCHEDULE, text)).toBe(true);
}); // prettier-ignore

test.each([
  ['* * 7', `${FIELDS}, got 3; month and day of week are missing`],
  ['* * * *', `${FIELDS}, got 4; day of week is missing`],
  ['daily', `${FIELDS}, got 1; did you mean "@daily"?`],
  ['0 0 3 * * *', `${FIELDS}, got 6; Kubernetes has no seconds: write "0 3 * * *"`],
  ['0 0 3 ? * mon 2026', `${FIELDS}, got 7; Kubernetes has no seconds: write "0 3 ? * mon"`],
  ['0 3 * * * /usr/bin/backup --all', `${FIELDS}, got 7; write "0 3 * * *"; a program goes into command`],
  ['a b c d e f', `${FIELDS}, got 6`],
  ['TZ=Europe/Rome 0 3 * * *', 'Kubernetes accepts no time zone in a schedule of a new CronJob, got "TZ=Europe/Rome"; set timeZone: Europe/Rome beside it, and write schedule: "0 3 * * *"'],
  ['CRON_TZ=UTC @daily', 'Kubernetes accepts no time zone in a schedule of a new CronJob, got "CRON_TZ=UTC"; set timeZone: UTC beside it, and write schedule: "@daily"'],
  ['@reboot', 'Kubernetes has no schedule "@reboot"; known are @yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly, @every 1h30m'],
  ['@Daily', 'Kubernetes has no schedule "@Daily"; did you mean "@daily"?'],
  ['@every', '@every: expected a duration such as 1h30m or 90s (units h m s), got ""'],
  ['@every 1d', '@every: expected a duration such as 1h30m or 90s (units h m s), got "1d"'],
  ['60 * * * *', 'minute: expected 0 to 59, got "60"'],
  ['0 24 * * *', 'hour: expected 0 to 23, got "24"'],
  ['0 0 0 * *', 'day of month: expected 1 to 31, got "0"'],
  ['0 0 L * *', 'day of month: expected 1 to 31, got "L"'],
  ['0 0 * 13 *', 'month: expected 1 to 12, or jan to dec, got "13"'],
  ['0 0 * march *', 'month: expected 1 to 12, or jan to dec, got "march"; did you mean "mar"?'],
  ['0 0 * * 7', 'day of week: expected 0 to 6, or sun to sat, got "7"; Sunday is 0'],
  ['0 0 * * mon-foo', 'day of week: expected 0 to 6, or sun to sat, got "foo"'],
  ['0 0 * * Monday', 'day of week: expected 0 to 6, or sun to sat, got "Monday"; did you mean "mon"?'],
  ['0 mon * * *', 'hour: expected 0 to 23, got "mon"'],
  ['*/0 * * * *', 'minute: expected a step of 1 or more, got "*/0"'],
  ['*/x * * * *', 'minute: expected a step of 1 or more, got "*/x"'],
  ['1/2/3 * * * *', 'minute: expected a step of 1 or more, got "1/2/3"'],
  ['/5 * * * *', 'minute: expected 0 to 59, got "/5"'],
  ['0 22-6 * * *', 'hour: "22-6" ends before it begins; write 22-23,0-6'],
  ['0 0 * * fri-mon', 'day of week: "fri-mon" ends before it begins; write fri-sat,sun-mon'],
  ['1-2-3 * * * *', 'minute: expected 0 to 59, got "1-2-3"'],
  [', * * * *', 'minute: expected 0 to 59, got ","'],
  ['60 24 * * 7', 'minute: expected 0 to 59, got "60"; hour: expected 0 to 23, got "24"; day of week: expected 0 to 6, or sun to sat, got "7"; Sunday is 0'],
])('%j is refused for its own fault', (text, fault) => {
  expect(faultOf(text)).toBe(fault);
}); // prettier-ignore
