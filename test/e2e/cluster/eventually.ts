import { setTimeout as pause } from 'node:timers/promises';

/**
 * Asks again and again until an assertion holds.
 *
 * @param within seconds; when they are over, the last failure is thrown
 */
export async function eventually<T>(within: number, assertion: () => Promise<T> | T): Promise<T> {
  const deadline = Date.now() + within * 1000;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await pause(100);
  }
}
