import type { WriteEpoch } from '../cache/write-epoch.ts';
import type { Call, CallResult, CallScope, Send } from '../http/call.ts';
import type { Failure } from '../http/failure.ts';
import { isRefusal } from '../http/outage.ts';
import type { UnconfirmedWrite } from '../shared/gateway-error.ts';
import type { Result } from '../shared/result.ts';
import { judgeWrite, type WriteOutcome } from './write-outcome.ts';

/** What a write is about, for whoever has to find out what became of it. */
export type WriteSubject = Pick<UnconfirmedWrite, 'collectionId' | 'name'>;

/** Writes, and tells every replica of each, so that what was read before it is not used any more. */
export class Writer {
  readonly #send: Send;
  readonly #epoch: WriteEpoch;

  /** @param epoch is told of every write, also when nothing is kept here: another replica may keep */
  constructor(send: Send, epoch: WriteEpoch) {
    this.#send = send;
    this.#epoch = epoch;
  }

  /** @param interpret sees the result before it is judged */
  async write<Value>(
    call: Call,
    subject: WriteSubject,
    decode: (body: unknown) => Result<Value, Failure>,
    scope: CallScope,
    interpret: (result: CallResult) => CallResult = (result) => result,
  ): Promise<WriteOutcome<Value>> {
    const startedAt = new Date();
    const result = interpret(await this.#send(call, scope));
    const outcome = judgeWrite(result, decode, () => ({
      endpoint: call.endpoint,
      ...subject,
      startedAt: startedAt.toISOString(),
    }));
    // Also after success: an earlier try, which nobody waits for any more, may arrive behind later writes.
    const isSettled = outcome.kind !== 'unknown' && !result.unclear;
    if (!isWithoutEffect(outcome)) await this.#epoch.advance(isSettled);
    if (outcome.kind === 'unknown') scope.tally.unconfirmed += 1;
    return outcome;
  }
}

// Where nothing was learnt and nothing was changed, what was read before is as true as it was.
function isWithoutEffect(outcome: WriteOutcome<unknown>): boolean {
  return outcome.kind === 'not-applied' && !isRefusal(outcome.failure);
}
