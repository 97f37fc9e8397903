import { setTimeout as delay } from 'node:timers/promises';

const INTERVAL_MS = 5;

/** Waits until the condition holds. @throws with this description when it does not in time */
export async function eventually(
  description: string,
  holds: () => boolean | Promise<boolean>,
  withinMs = 1_000,
): Promise<void> {
  const expiresAt = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > expiresAt) throw new Error(`not within ${withinMs} ms: ${description}`);
    await delay(INTERVAL_MS);
  }
}
