import { listAt, nameOf, textAt, type Finding, type Manifest } from './manifest.js';

/** Time intervals of an AlertmanagerConfig are such as Alertmanager takes: each range begins before it ends. */
export function checkAlertmanagerConfig(manifest: Manifest): Finding[] {
  if (manifest['kind'] !== 'AlertmanagerConfig') return [];
  const object = nameOf(manifest);
  return ['muteTimeIntervals', 'timeIntervals'].flatMap((list) =>
    listAt(manifest, 'spec', list).flatMap((named, i) =>
      listAt(named, 'timeIntervals').flatMap((interval, j) =>
        listAt(interval, 'times').flatMap((times, k) => {
          const message = rangeProblem(textAt(times, 'startTime'), textAt(times, 'endTime'));
          const field = `spec.${list}[${i}].timeIntervals[${j}].times[${k}]`;
          return message === undefined ? [] : [{ object, field, message }];
        }),
      ),
    ),
  );
}

const TIME = /^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$/;

function rangeProblem(start: string | undefined, end: string | undefined): string | undefined {
  if (start === undefined || end === undefined || !TIME.test(start) || !TIME.test(end))
    return 'expected startTime and endTime from "00:00" to "24:00"';
  if (start < end) return undefined;
  return `${start}-${end} does not end after it starts; split a range at midnight: ${start}-24:00, and on the next day 00:00-${end}`;
}
