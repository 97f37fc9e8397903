import { type ErrorCode, GatewayError } from '../shared/gateway-error.ts';
import type { Collection } from './collections/collection.ts';
import { nounOf, type Subject } from './subject.ts';

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
    super('BAD_USER_INPUT', issues.map((issue) => toSentence(issue.message)).join(' '));
    this.issues = issues;
  }
}

/** One thing is wrong with an input. @param path as in `InputIssue` */
export function invalidInput(path: readonly string[], message: string): InvalidInputError {
  return new InvalidInputError([{ path, message }]);
}

/** Ends a text as a sentence, so that another can follow: the upstream's own words may end in anything. */
export function toSentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** What was to be read or changed does not exist. */
export class NotFoundError extends GatewayError {
  override readonly name = 'NotFoundError';
  readonly subject: Subject;

  constructor(subject: Subject) {
    super('NOT_FOUND', `There is no ${nounOf(subject.typename)} "${subject.id}".`);
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

/** Why one id of a bulk edit failed. */
export interface MemberFailure {
  readonly id: string;
  readonly code: ErrorCode;
  readonly message: string;
}

/** What became of each id of a bulk edit that did not go through whole. Each id is in one list. */
export interface MembershipReport {
  /** As of the last call that succeeded. */
  readonly latestCollection: Collection | null;
  /** As asked now, also those that were so before. */
  readonly appliedIds: readonly string[];
  readonly failedIds: readonly string[];
  /** Ids of a call whose outcome can't be known. */
  readonly unknownIds: readonly string[];
  readonly notAttemptedIds: readonly string[];
  /** One for each failed id, in the same order. */
  readonly failures: readonly MemberFailure[];
}

/** A bulk edit did not go through whole. Message and code tell what stopped it, or why the first id failed. */
export class PartiallyAppliedError extends GatewayError {
  override readonly name = 'PartiallyAppliedError';
  readonly report: MembershipReport;

  constructor(stoppedBy: GatewayError, report: MembershipReport) {
    super(stoppedBy.code, stoppedBy.message, stoppedBy.hints, { cause: stoppedBy });
    this.report = report;
  }
}
