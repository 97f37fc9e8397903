import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import type { TestGateway } from '../support/gateway.ts';
import { type Answer, hang, json } from '../support/scripted-upstream.ts';
import { wireCollection } from '../support/wire-collection.ts';

const TIMEOUT_MS = 1_500;
export const ENV = {
  CACHE_TTL_MS: '60000',
  STALE_IF_ERROR_MS: '60000',
  UPSTREAM_TIMEOUT_MS: String(TIMEOUT_MS),
};
const CREATE = 'mutation { createCollection(input: { name: "late" }) { __typename } }';
const LISTS = [
  '{ collections(first: 5) { nodes { name } } }',
  // The same read in another document: a whole answer that was kept is of no use to it.
  '{ again: collections(first: 5) { nodes { name } } }',
];

/** An upstream that never answers a create, and carries it out when `arrive` is called. */
export function openLateUpstream() {
  let names = ['early'];
  const answer: Answer = ({ method }) =>
    method === 'POST' ? hang : json({ collections: names.map((name) => wireCollection({ id: name, name })) });
  return {
    answer,
    arrive: () => {
      names = [...names, 'late'];
    },
  };
}

const list = async (gateway: TestGateway) =>
  Promise.all(LISTS.map(async (document) => (await gateway.query(document)).text));

const hasLate = (text: string): boolean => text.includes('"late"');

/**
 * Lets a create end unknown and arrive later, with all readers asking all the while.
 * @param reads calls of the upstream so far
 * @returns what the writer was told, the lists that had it too early, those that lacked it when it had arrived, and the
 *   calls that lists took once it had settled
 */
export async function writeLate(
  writer: TestGateway,
  readers: readonly TestGateway[],
  arrive: () => void,
  reads: () => number,
) {
  const listAll = async () => (await Promise.all(readers.map(list))).flat();
  await listAll();
  const told = (await writer.query(CREATE)).text;
  const before = await listAll();
  await delay(TIMEOUT_MS / 3);
  arrive();
  const after = await listAll();
  await delay(TIMEOUT_MS);
  await listAll();
  const callsSoFar = reads();
  await listAll();
  return {
    told,
    early: before.filter(hasLate),
    missing: after.filter((text) => !hasLate(text)),
    callsWhenSettled: reads() - callsSoFar,
  };
}

/** What must be seen of it. */
export const SEEN = {
  told: expect.stringContaining('WRITE_OUTCOME_UNKNOWN'),
  early: [],
  missing: [],
  callsWhenSettled: 0,
};
