import { setTimeout as pause } from 'node:timers/promises';

/** Asks again and again, for so many seconds, whether an assertion still holds. */
export async function holds(seconds: number, assertion: () => Promise<void> | void): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    await assertion();
    await pause(100);
  }
}
