import type { CallScope } from '../../http/call.ts';
import type { Failure } from '../../http/failure.ts';
import type { Result } from '../../shared/result.ts';
import type { Collection } from '../collections/collection.ts';
import type { Subject, Typename } from '../subject.ts';
import type { WriteOutcome } from '../write-outcome.ts';
import type { MemberState, MemberStates } from './read-members.ts';

/** Everything that one bulk edit asks of the upstream. */
export interface MembershipCalls<Id extends string> {
  readonly scope: CallScope;
  /** Of the edit, as `SentWrite` names it. */
  readonly endpoint: string;
  /** The collection. */
  readonly subject: Subject;
  readonly memberType: Typename;
  /** The state that the edit asks for. */
  readonly wanted: MemberState;
  /** Sends the edit for at most 49 ids; the upstream applies all of them or none. */
  send(ids: readonly Id[]): Promise<WriteOutcome<Collection>>;
  /** Reads the collection as it is now. */
  readCollection(): Promise<Result<Collection, Failure>>;
  /** Reads where the ids are now. */
  readMembers(ids: readonly Id[]): Promise<Result<MemberStates<Id>, Failure>>;
}
