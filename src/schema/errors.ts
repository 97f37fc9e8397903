import {
  ConflictError,
  type InputIssue,
  InvalidInputError,
  type MemberFailure,
  NotFoundError,
  PartiallyAppliedError,
} from '../scenario/errors.ts';
import type { ErrorCode, GatewayError } from '../shared/gateway-error.ts';
import { builder } from './builder.ts';
import { CollectionType } from './collection.ts';
import { encodeGlobalId } from './global-id.ts';
import { READ_BESIDE_WRITE } from './planned-calls.ts';

const ErrorCodeType = builder.enumType('ErrorCode', {
  description:
    'What went wrong, for a program: the `code` of an error in a mutation result, and of `extensions` in each entry of `errors`.',
  values: {
    BAD_USER_INPUT: { description: 'An argument or the request itself cannot be accepted.' },
    UNAUTHENTICATED: { description: 'The request has no key or token, or one that is not accepted.' },
    INSUFFICIENT_SCOPE: { description: "The caller's key or token lacks the scope that this needs." },
    FORBIDDEN: { description: 'The collection or one of the items may not be used.' },
    NOT_FOUND: { description: 'The collection, or an item for it, does not exist.' },
    CONFLICT: { description: "The change conflicts with the collection's present state." },
    RATE_LIMITED: { description: 'Too many calls: wait for `retryAfterMs` before the next.' },
    QUOTA_EXCEEDED: { description: 'A limit of the Scenario plan is reached: waiting does not help.' },
    LIMIT_EXCEEDED: { description: 'The operation is larger than the gateway allows: ask for less at once.' },
    OVERLOADED: { description: 'The gateway is busy: try again in a moment.' },
    UPSTREAM_REJECTED: { description: "The Scenario API refused this gateway's credentials or plan." },
    UPSTREAM_UNAVAILABLE: { description: 'The Scenario API cannot be reached or is failing.' },
    UPSTREAM_TIMEOUT: { description: 'The Scenario API did not answer in time.' },
    UPSTREAM_BAD_RESPONSE: { description: 'The Scenario API gave an answer that cannot be understood.' },
    WRITE_OUTCOME_UNKNOWN: { description: 'A change was sent, but whether it was made cannot be known.' },
    DOCUMENT_NOT_TRUSTED: { description: 'Only trusted documents run here, and this is not one of them.' },
    PERSISTED_QUERY_NOT_FOUND: { description: 'No document is known by this id: send the document itself.' },
    GRAPHQL_PARSE_FAILED: { description: 'The document is not GraphQL.' },
    GRAPHQL_VALIDATION_FAILED: { description: 'The document does not fit this schema.' },
    INTERNAL_SERVER_ERROR: {
      description: 'An error in the gateway itself: tell its operator the `requestId`.',
    },
  } satisfies Record<ErrorCode, { description: string }>,
});

const ErrorInterface = builder.interfaceRef<GatewayError>('Error').implement({
  description: 'What every error of a mutation result has.',
  fields: (t) => ({
    message: t.exposeString('message', { description: 'What was wrong and what to do, for a person.' }),
    code: t.expose('code', { type: ErrorCodeType, description: 'What was wrong, for a program.' }),
  }),
});

const InputIssueType = builder.objectRef<InputIssue>('InputIssue').implement({
  description: 'One thing that is wrong with an input.',
  fields: (t) => ({
    path: t.stringList({
      description: 'Where in the arguments: for example `["input", "assetIds", "3"]`.',
      resolve: ({ path }) => [...path],
    }),
    message: t.exposeString('message', { description: 'What is wrong with it, for a person.' }),
  }),
});

builder.objectType(InvalidInputError, {
  name: 'InvalidInputError',
  description: 'The input cannot be accepted. Nothing was changed.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    issues: t.field({
      type: [InputIssueType],
      description:
        'Everything that is wrong. Of a list, the first ten ids that are; the tenth then says how many more there are.',
      resolve: ({ issues }) => [...issues],
    }),
  }),
});

builder.objectType(NotFoundError, {
  name: 'NotFoundError',
  description: 'The collection does not exist. Nothing was changed.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    id: t.id({
      description: 'The global id of what was asked for.',
      resolve: ({ subject }) => encodeGlobalId(subject.typename, subject.id),
    }),
  }),
});

builder.objectType(ConflictError, {
  name: 'ConflictError',
  description: "The change conflicts with the collection's present state. Nothing was changed.",
  interfaces: [ErrorInterface],
});

const MemberFailureType = builder.objectRef<MemberFailure>('MemberFailure').implement({
  description: 'Why one id of a bulk edit failed.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The Scenario id of the asset or model.' }),
    code: t.expose('code', { type: ErrorCodeType, description: 'Why it failed, for a program.' }),
    message: t.exposeString('message', { description: 'Why it failed and what to do, for a person.' }),
  }),
});

builder.objectType(PartiallyAppliedError, {
  name: 'PartiallyAppliedError',
  description:
    'A bulk edit did not go through whole; message and code tell what stopped it, or why the first id failed. The four lists together hold each id once.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    retryAfterMs: t.int({
      nullable: true,
      description: 'Milliseconds to wait before a retry can help; `null` where waiting is not what it takes.',
      resolve: ({ hints }) => hints.retryAfterMs ?? null,
    }),
    latestCollection: t.field({
      type: CollectionType,
      nullable: true,
      description:
        'The collection as of the last call that succeeded, if any did. That may be a read, so it needs the scope `collections:read`.',
      extensions: READ_BESIDE_WRITE,
      resolve: ({ report }) => report.latestCollection,
    }),
    appliedIds: t.idList({
      description: 'Ids for which the edit is in effect, those that needed no change included.',
      resolve: ({ report }) => [...report.appliedIds],
    }),
    failedIds: t.idList({
      description: 'Ids that were refused; `failures` tells why.',
      resolve: ({ report }) => [...report.failedIds],
    }),
    unknownIds: t.idList({
      description: 'Ids that were sent, but whether the edit was applied to them is not known.',
      resolve: ({ report }) => [...report.unknownIds],
    }),
    notAttemptedIds: t.idList({
      description: 'Ids that were never sent.',
      resolve: ({ report }) => [...report.notAttemptedIds],
    }),
    failures: t.field({
      type: [MemberFailureType],
      description: 'One for each failed id, in the same order: why it failed.',
      resolve: ({ report }) => [...report.failures],
    }),
  }),
});
