import { GatewayError } from '../shared/gateway-error.ts';
import type { Collection } from './collections/collection.ts';
import type { Subject } from './subject.ts';

/** One thing that is wrong with an input. */
export interface InputIssue {
  /** Where, from the argument down: `['input', 'assetIds', '3']`. */
  readonly path: readonly string[];
  readonly message: string;
}

/** The input can't be accepted; nothing was changed. */
export class InvalidInputError extends GatewayError {
  override readonly name = 'InvalidInputError';
  readonly issues: readonly InputIssue[];

  constructor(issues: readonly InputIssue[]) {
    super('BAD_USER_INPUT', issues.map((issue) => issue.message).join(' '));
    this.issues = issues;
  }
}

/** What was to be read or changed does not exist. */
export class NotFoundError extends GatewayError {
  override readonly name = 'NotFoundError';
  readonly subject: Subject;

  constructor(subject: Subject) {
    super('NOT_FOUND', `There is no ${subject.typename.toLowerCase()} "${subject.id}".`);
    this.subject = subject;
  }
}

/** The change conflicts with the collection's present state. */
export class ConflictError extends GatewayError {
  override readonly name = 'ConflictError';

  constructor(message: string) {
    super('CONFLICT', message);
  }
}

/** What became of each id of a bulk edit that stopped half way. Each id is in one list. */
export interface MembershipReport {
  /** As of the last call that succeeded. */
  readonly collection: Collection | null;
  readonly appliedIds: readonly string[];
  readonly failedIds: readonly string[];
  /** Ids of a call whose outcome can't be known. */
  readonly unknownIds: readonly string[];
  readonly notAttemptedIds: readonly string[];
}

/** A bulk edit stopped after some of it was, or may have been, applied. Message and code tell why. */
export class PartiallyAppliedError extends GatewayError {
  override readonly name = 'PartiallyAppliedError';
  readonly report: MembershipReport;

  constructor(stoppedBy: GatewayError, report: MembershipReport) {
    super(stoppedBy.code, stoppedBy.message, stoppedBy.hints, { cause: stoppedBy });
    this.report = report;
  }
}
