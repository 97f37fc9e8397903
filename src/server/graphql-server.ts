import type { IncomingMessage, ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';
import { createYoga } from 'graphql-yoga';
import { type Account, createSources } from '../scenario/sources.ts';
import type { GraphQLContext } from '../schema/context.ts';
import type { Logger } from '../shared/logger.ts';
import type { AnswerCache } from './answers/answer-cache.ts';
import type { EncodedResult } from './answers/encode-result.ts';
import type { DocumentStore } from './documents/document-store.ts';
import type { TrustedDocuments } from './documents/trusted/trusted-documents.ts';
import { writeAnswer } from './edge/write-answer.ts';
import type { RunOptions } from './execution/prepared-operation.ts';
import { createFastPath } from './fast-path.ts';
import type { Operation } from './request/operation.ts';
import { useCheckedDocuments } from './use-checked-documents.ts';
import { useEncodedResults } from './use-encoded-results.ts';
import { useRunOperation } from './use-run-operation.ts';
import { DOCUMENT_ID, useTrustedDocuments } from './use-trusted-documents.ts';

/** What the GraphQL server is made of. */
export interface GraphQLServerOptions extends RunOptions {
  /** Where everything is read and written. */
  readonly account: Account;
  readonly documents: DocumentStore;
  /** Keeps whole answers; `null` when nothing is kept. */
  readonly answers: AnswerCache | null;
  readonly trusted: TrustedDocuments;
  readonly logger: Logger;
  /** Whether plain requests take the fast path, past yoga. */
  readonly hasFastPath: boolean;
}

/** Answers a request whose caller is known and whose body, if it has one, is JSON text. */
export type GraphQLServer = (
  req: IncomingMessage,
  res: ServerResponse,
  body: string | null,
  operation: Operation,
) => Promise<void>;

// yoga routes by path alone; no host reaches it.
const ORIGIN = 'http://gateway';

/** Builds both lanes to an answer: the fast path for plain requests, yoga for everything. */
export function createGraphQLServer(options: GraphQLServerOptions): GraphQLServer {
  const createContext = contextFactory(options);
  const fastPath = options.hasFastPath ? createFastPath({ ...options, createContext }) : null;
  const yoga = buildYoga(options, createContext);
  const answerByYoga: GraphQLServer = async (req, res, body, operation) => {
    const headers = { accept: operation.mediaType.name, 'content-type': 'application/json' };
    const init = { method: req.method ?? 'GET', headers, body };
    const answer = await yoga.fetch(ORIGIN + req.url, init, { operation });
    write(res, operation, {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: await answer.text(),
    });
  };
  return (req, res, body, operation) => {
    if (!fastPath || body === null) return answerByYoga(req, res, body, operation);
    return fastPath(body, operation).then((answer) =>
      answer ? write(res, operation, answer) : answerByYoga(req, res, body, operation),
    );
  };
}

function write(res: ServerResponse, { scope }: Operation, { status, headers, body }: EncodedResult): void {
  writeAnswer(res, status, { ...headers, 'x-request-id': scope.requestId }, body);
}

// The plugins stand in the order in which they act.
function buildYoga(options: GraphQLServerOptions, createContext: (operation: Operation) => GraphQLContext) {
  return createYoga<{ operation: Operation }, GraphQLContext>({
    schema: options.schema,
    context: ({ operation }) => createContext(operation),
    graphiql: false,
    landingPage: false,
    multipart: false,
    batching: false,
    cors: false,
    logging: false,
    // Errors pass `encodeResult`, which knows the request.
    maskedErrors: false,
    maxRequestBodySize: false,
    parserAndValidationCache: false,
    extraParamNames: [DOCUMENT_ID],
    plugins: [
      useTrustedDocuments(options.trusted),
      useCheckedDocuments(options.documents),
      useRunOperation(options),
      useEncodedResults(options.logger),
    ],
  });
}

function contextFactory({ account, rules }: GraphQLServerOptions): (operation: Operation) => GraphQLContext {
  return (operation) => ({
    ...createSources(account, operation.scope, operation.caller.account),
    maxBulkIds: rules.inputLimits.maxBulkIds,
    reportPartial: (error, path) => {
      operation.partialErrors.push(new GraphQLError(error.message, { path, originalError: error }));
    },
  });
}
