import dns, { type LookupAddress, type LookupOptions } from 'node:dns';
import { onTestFinished } from 'vitest';

type LookupDone = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

const { lookup: systemLookup } = dns;

/**
 * Answers look-ups of names below `.test` by script, for as long as the test runs.
 * @param resolve gives an IPv4 address, or `null` where there is none
 * @returns how often it was asked
 */
export function scriptDns(resolve: (turn: number, host: string) => string | null): () => number {
  let turns = 0;
  const lookup = (host: string, options: LookupOptions, done: LookupDone) => {
    if (!host.endsWith('.test')) return systemLookup(host, options, done);
    turns += 1;
    const address = resolve(turns, host);
    if (address === null) done(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }), []);
    else done(null, [{ address, family: 4 }]);
  };
  Reflect.set(dns, 'lookup', lookup);
  onTestFinished(() => {
    Reflect.set(dns, 'lookup', systemLookup);
  });
  return () => turns;
}
