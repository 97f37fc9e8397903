import type { ExecutionResult, GraphQLSchema } from 'graphql';
import { createYoga, type Plugin } from 'graphql-yoga';
import { encodeResult } from './answers/encode-result.ts';
import type { Answer } from './edge/answer.ts';
import type { LaneOptions } from './fast-path.ts';
import type { DocumentRequest } from './find-document.ts';
import type { Operation } from './request/operation.ts';
import { useCheckedDocuments } from './use-checked-documents.ts';
import { useRunOperation } from './use-run-operation.ts';

/** One request on its way through yoga. */
interface Turn {
  readonly request: DocumentRequest;
  readonly operation: Operation;
  /** What yoga came to. */
  result: ExecutionResult | null;
}

interface TurnContext {
  readonly turn: Turn;
}

// yoga routes by path alone; no host reaches it.
const ENDPOINT = 'http://gateway/graphql';

/** Answers any request by yoga. */
export function createYogaLane(
  options: LaneOptions & { readonly schema: GraphQLSchema },
): (request: DocumentRequest, operation: Operation) => Promise<Answer> {
  const yoga = buildYoga(options);
  return async (request, operation) => {
    const turn: Turn = { request, operation, result: null };
    const init = { method: request.method, headers: { accept: operation.mediaType.name } };
    await yoga.fetch(ENDPOINT, init, { turn, operation });
    if (turn.result === null) throw new Error('yoga came to no result');
    return encodeResult(turn.result, operation, options);
  };
}

// The plugins stand in the order in which they act.
function buildYoga(options: LaneOptions & { readonly schema: GraphQLSchema }) {
  return createYoga<TurnContext & { operation: Operation }>({
    schema: options.schema,
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
    plugins: [
      useReadRequests(),
      useCheckedDocuments(options.documents),
      useRunOperation(options),
      useTakenResults(),
    ],
  });
}

/** Gives yoga what was read of the request already. */
function useReadRequests(): Plugin<object, TurnContext> {
  return {
    onRequestParse({ setRequestParser, serverContext: { turn } }) {
      const { document: query, operationName, variables } = turn.request;
      setRequestParser(() => ({ query, variables, ...(operationName === null ? {} : { operationName }) }));
    },
  };
}

/** Takes yoga's results out before it writes them. */
function useTakenResults(): Plugin<object, TurnContext> {
  return {
    onResultProcess({ result, setResultProcessor, serverContext: { turn } }) {
      if (Array.isArray(result) || !('errors' in result || 'data' in result)) return;
      turn.result = result;
      setResultProcessor((_result, fetchAPI) => new fetchAPI.Response(), turn.operation.mediaType.name);
    },
  };
}
