import { setTimeout as pause } from 'node:timers/promises';

/**
 * Seconds until a test gives up. It ends a test that would wait for ever, and a slow machine stays below it.
 */
export const PATIENCE = 180;

/** Asks again and again until an assertion holds. Out of patience, it throws the last failure. */
export async function eventually<T>(assertion: () => Promise<T> | T, patience = PATIENCE): Promise<T> {
  const deadline = Date.now() + patience * 1000;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await pause(100);
  }
}
