import { checkSchedule, CRON_SCHEDULE } from '../../src/kubernetes/cron-schedule.js';
import { matches } from '../../src/kubernetes/text-formats.js';

function isSchedule(text: string): boolean {
  if (!matches(CRON_SCHEDULE, text)) return false;
  try {
    checkSchedule(text);
    return true;
  } catch {
    return false;
  }
}

test.each([
  '* * * * *', '0 3 * * *', '*/15 0-6,22 1,15 jan-MAR mon-fri', '0 0 ? * 0', '5/10 * * * *', '@daily', '@hourly', '@every 1h30m',
])('%s is a schedule of Kubernetes', (text) => {
  expect(isSchedule(text)).toBe(true);
}); // prettier-ignore

test.each([
  '', '* * * *', '* * * * * *', '60 * * * *', '* 24 * * *', '* * 0 * *', '* * 32 * *', '* * * 13 *', '* * * * 7', '* * * * sun-foo',
  '5-1 * * * *', '*/0 * * * *', '@reboot', '@every', 'daily', '- * * * *', '1, * * * *',
])('%j is none', (text) => {
  expect(isSchedule(text)).toBe(false);
}); // prettier-ignore
