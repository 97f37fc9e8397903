import { GraphQLError } from 'graphql';
import { type Account, createSources } from '../scenario/sources.ts';
import type { GraphQLContext } from '../schema/context.ts';
import type { AccountName } from '../shared/brands.ts';
import type { AnswerCache } from './answers/answer-cache.ts';
import type { EncodeOptions } from './answers/encode-result.ts';
import type { Caller } from './auth/caller.ts';
import { toViewer } from './auth/to-viewer.ts';
import type { DocumentStore } from './documents/document-store.ts';
import type { TrustedDocuments } from './documents/trusted/trusted-documents.ts';
import { type Answer, refusalAnswer } from './edge/answer.ts';
import type { RunOptions } from './execution/prepared-operation.ts';
import { createFastPath } from './fast-path.ts';
import { findDocument } from './find-document.ts';
import type { SentRequest } from './request/graphql-request.ts';
import type { Operation } from './request/operation.ts';
import { createYogaLane } from './yoga-lane.ts';

/** The upstream account that a caller works with. */
export interface CallerAccount extends Account {
  readonly name: AccountName;
  /** Keeps whole answers; `null` when nothing is kept. */
  readonly answers: AnswerCache | null;
}

/** What the GraphQL server is made of. */
export interface GraphQLServerOptions extends RunOptions, EncodeOptions {
  /** Where everything of a caller is read and written. */
  readonly accountOf: (caller: Caller) => CallerAccount;
  readonly documents: DocumentStore;
  readonly trusted: TrustedDocuments;
  /** Whether plain requests take the fast path, past yoga. */
  readonly hasFastPath: boolean;
}

/** Answers a request whose caller is known. */
export type GraphQLServer = (sent: SentRequest, operation: Operation) => Promise<Answer>;

/** Builds both lanes to an answer: the fast path for plain requests, yoga for everything. */
export function createGraphQLServer(options: GraphQLServerOptions): GraphQLServer {
  const { accountOf, trusted } = options;
  const lanes = { ...options, createContext: contextFactory(options) };
  const fastPath = options.hasFastPath ? createFastPath(lanes) : null;
  const answerByYoga = createYogaLane(lanes);
  const make: GraphQLServer = (sent, operation) => {
    const { requestId } = operation.scope;
    const found = findDocument(sent, trusted, requestId);
    if (!found.ok) return Promise.resolve(refusalAnswer(found.failure, operation.mediaType, requestId));
    return fastPath?.(found.value, operation) ?? answerByYoga(found.value, operation);
  };
  return (sent, operation) => {
    const { answers } = accountOf(operation.caller);
    return answers && sent.method === 'POST'
      ? answers.answer(sent.text, operation, () => make(sent, operation))
      : make(sent, operation);
  };
}

function contextFactory({
  accountOf,
  rules,
}: GraphQLServerOptions): (operation: Operation) => GraphQLContext {
  return (operation) => {
    const { caller, scope } = operation;
    const account = accountOf(caller);
    return {
      ...createSources(account, scope, caller.identity ?? ''),
      viewer: () => {
        operation.isPersonal = true;
        return toViewer(caller, account.name);
      },
      maxBulkIds: rules.inputLimits.maxBulkIds,
      reportPartial: (error, path) => {
        operation.partialErrors.push(new GraphQLError(error.message, { path, originalError: error }));
      },
    };
  };
}
