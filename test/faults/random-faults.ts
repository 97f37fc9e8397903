import { setTimeout as delay } from 'node:timers/promises';
import {
  body,
  brokenJson,
  closeUnanswered,
  type Fault,
  gzipped,
  html,
  resetInBody,
  resetInHeaders,
  shortBody,
  status,
} from '../support/faulty-replies.ts';
import type { Ledger } from '../support/ledger.ts';
import type { ReceivedRequest } from '../support/received-request.ts';
import { type Answer, hang, raw, reset } from '../support/scripted-upstream.ts';
import { createRandom, pick, type Random } from './random.ts';

const FAULT_SHARE = 0.2;
const SLOW_SHARE = 0.1;
const MAX_DELAY_MS = 20;

/** What can happen on either side of the moment at which a write is applied. */
const lostAnswers: readonly Fault[] = [
  () => reset,
  closeUnanswered,
  () => hang,
  resetInHeaders,
  status(500),
  status(502),
  status(503),
  status(504),
  status(599),
];

/**
 * What an upstream answers that did nothing. A 404 is not among them: to say it of a collection that is there is a lie that
 * no client can see through, least of all behind a deletion whose first answer was lost.
 */
const refusals: readonly Fault[] = [
  ...[400, 401, 403, 409, 413, 422].map((code) => status(code)),
  status(429),
  status(429, { 'retry-after': '0' }),
  status(503, { 'retry-after': '0' }),
];

/** What comes back of a write that was applied. */
const spoiledAnswers: readonly Fault[] = [
  resetInBody,
  shortBody,
  brokenJson,
  html,
  gzipped,
  body(null),
  body({ collection: {} }),
  () => raw('HTTP/1.1 204 No Content\r\n\r\n', 'keep'),
];

const LOSSES: readonly Fault[] = [() => reset, () => hang, status(500), status(504), html];
const LOST_SHARE = 0.2;

/**
 * Loses the answers of every fifth write but creates, before or behind the moment at which it is applied, and reads
 * honestly.
 */
export function lostWrites(seed: number, ledger: Ledger): Answer {
  const randomOf = randomByTurn(seed);
  return (request) => {
    // Creates and reads in bulk are the only ones that are posted.
    if (request.method === 'GET' || request.method === 'POST') return ledger.apply(request);
    const random = randomOf(request);
    if (random() >= LOST_SHARE) return ledger.apply(request);
    const loss = pick(random, LOSSES);
    if (random() < 0.5) ledger.apply(request);
    return loss(request);
  };
}

/** Fails every fifth write; which, and how, depends on the seed, the request's id and its turn alone. */
export function randomFaults(seed: number, ledger: Ledger): Answer {
  const randomOf = randomByTurn(seed);
  return async (request) => {
    const random = randomOf(request);
    if (random() < SLOW_SHARE) await delay(random() * MAX_DELAY_MS);
    if (random() >= FAULT_SHARE) return ledger.apply(request);
    const kind = random();
    if (kind < 0.25) return pick(random, refusals)(request);
    if (kind < 0.5) return pick(random, lostAnswers)(request);
    const honest = ledger.apply(request);
    // What was refused anyway is told so: an upstream does not say 200 to it.
    const wasApplied = honest.kind === 'write' && honest.bytes.includes('HTTP/1.1 200');
    return pick(random, kind < 0.75 || !wasApplied ? lostAnswers : spoiledAnswers)(request);
  };
}

/** Random numbers that the seed, the request's id and its turn determine. */
function randomByTurn(seed: number): (request: ReceivedRequest) => Random {
  const turns = new Map<string, number>();
  return ({ headers }) => {
    const id = headers.get('x-request-id') ?? '';
    const turn = turns.get(id) ?? 0;
    turns.set(id, turn + 1);
    return createRandom(seed, id, turn);
  };
}
