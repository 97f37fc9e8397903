import type { EncodeOptions } from './answers/encode-result.ts';
import type { Caller } from './auth/caller.ts';
import type { DocumentStore } from './documents/document-store.ts';
import type { TrustedDocuments } from './documents/trusted/trusted-documents.ts';
import { type Answer, refusalAnswer } from './edge/answer.ts';
import type { RunOptions } from './execution/prepared-operation.ts';
import { createFastPath } from './fast-path.ts';
import { findDocument } from './find-document.ts';
import type { SentRequest } from './request/graphql-request.ts';
import type { Operation } from './request/operation.ts';
import { type CallerAccount, RequestContext } from './request-context.ts';
import { createYogaLane } from './yoga-lane.ts';

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
  const { maxBulkIds } = options.rules.inputLimits;
  const createContext = (operation: Operation) =>
    new RequestContext(accountOf(operation.caller), operation, maxBulkIds);
  const lanes = { ...options, createContext };
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
