import type { Patch, PatchTarget } from '../cache/index/patch.ts';
import type { WriteEpoch } from '../cache/write-epoch.ts';
import type { Call, CallResult, CallScope, Send } from '../http/call.ts';
import type { Failure } from '../http/failure.ts';
import { isRefusal } from '../http/outage.ts';
import { assertNever } from '../shared/assert-never.ts';
import type { SentWrite } from '../shared/gateway-error.ts';
import { isRecord } from '../shared/is-record.ts';
import type { Result } from '../shared/result.ts';
import { judgeWrite, type WriteOutcome } from './write-outcome.ts';

/** What a write is about, for whoever has to find out what became of it. */
export type WriteSubject = Pick<SentWrite, 'collectionId' | 'name'>;

/** One write of a resource. */
export interface WriteRequest<Value, Item> {
  readonly call: Call;
  readonly subject: WriteSubject;
  decode(body: unknown): Result<Value, Failure>;
  /** What the write has done when it was applied. */
  toPatch(value: Value): Patch<Item>;
  /** Sees the result before it is judged. */
  interpret?(result: CallResult): CallResult;
}

/**
 * Writes, and tells every replica of each before it is answered: so that the index shows it, and what was read before is not
 * used any more.
 */
export class Writer<Item> {
  readonly #send: Send;
  readonly #epoch: WriteEpoch;
  readonly #index: PatchTarget<Item>;

  /**
   * @param epoch is told of every write, also when nothing is kept here: another replica may keep
   * @param index is told what each has done
   */
  constructor(send: Send, epoch: WriteEpoch, index: PatchTarget<Item>) {
    this.#send = send;
    this.#epoch = epoch;
    this.#index = index;
  }

  async write<Value>(request: WriteRequest<Value, Item>, scope: CallScope): Promise<WriteOutcome<Value>> {
    const { call, subject, interpret = (result) => result } = request;
    const write: SentWrite = { endpoint: call.endpoint, ...subject, startedAt: new Date() };
    const sentAt = performance.now();
    const result = interpret(await this.#send(call, scope));
    const outcome = judgeWrite(result, request.decode, write);
    // Also after success: an earlier try, which nobody waits for any more, may arrive behind later writes.
    const isSettled = outcome.kind !== 'unknown' && !result.unclear;
    const patch = toPatch(outcome, request);
    const tookMs = performance.now() - sentAt;
    // Before the epoch: what is read in the new one is read from an index that has it.
    if (patch) await this.#index.note({ patch, isSettled, tookMs });
    if (!isWithoutEffect(outcome)) await this.#epoch.advance(isSettled);
    if (outcome.kind === 'applied') {
      const collectionId = subject.collectionId ?? idOf(outcome.value);
      scope.writeConfirmed?.({ ...write, collectionId });
    }
    return outcome;
  }
}

function toPatch<Value, Item>(
  outcome: WriteOutcome<Value>,
  request: WriteRequest<Value, Item>,
): Patch<Item> | null {
  switch (outcome.kind) {
    case 'applied':
      return request.toPatch(outcome.value);
    case 'unknown':
      return { kind: 'unknown', id: request.subject.collectionId };
    case 'not-applied':
      return null;
    default:
      return assertNever(outcome);
  }
}

// What was created has its id in the answer only.
function idOf(value: unknown): string | null {
  return isRecord(value) && typeof value['id'] === 'string' ? value['id'] : null;
}

// Where nothing was learnt and nothing was changed, what was read before is as true as it was.
function isWithoutEffect(outcome: WriteOutcome<unknown>): boolean {
  return outcome.kind === 'not-applied' && !isRefusal(outcome.failure);
}
