import type { AbortListening } from './client-abort.ts';

/** Waits; `false` when the signal cut the wait short. Never rejects. */
export function sleep(delayMs: number, signal: AbortListening): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const end = (completed: boolean) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      resolve(completed);
    };
    const onAbort = () => end(false);
    const timer = setTimeout(() => end(true), delayMs);
    signal.addEventListener('abort', onAbort);
  });
}
