import type { IncomingMessage, ServerResponse } from 'node:http';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { createYoga } from 'graphql-yoga';
import { CollectionsSource, type CollectionsSourceOptions } from '../scenario/collections-source.ts';
import type { GraphQLContext } from '../schema/context.ts';
import type { Logger } from '../shared/logger.ts';
import type { AdmissionRules } from './admission.ts';
import type { DocumentStore } from './document-store.ts';
import type { Operation } from './operation.ts';
import { useCheckedDocuments } from './use-checked-documents.ts';
import { useEncodedResults } from './use-encoded-results.ts';
import { useRunOperation } from './use-run-operation.ts';

/** What the GraphQL server is made of. */
export interface GraphQLServerOptions {
  readonly schema: GraphQLSchema;
  readonly source: CollectionsSourceOptions;
  readonly documents: DocumentStore;
  readonly admission: AdmissionRules;
  readonly logger: Logger;
  readonly maxBulkIds: number;
  /** Whether introspection and suggestions are on. */
  readonly isOpen: boolean;
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

/** Builds graphql-yoga with the plugins in the order in which they act. */
export function createGraphQLServer(options: GraphQLServerOptions): GraphQLServer {
  const yoga = createYoga<{ operation: Operation }, GraphQLContext>({
    schema: options.schema,
    context: ({ operation }) => createContext(options, operation),
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
      useCheckedDocuments(options.documents),
      useRunOperation(options.admission, !options.isOpen),
      useEncodedResults(options.logger),
    ],
  });
  return async (req, res, body, operation) => {
    const headers = { accept: operation.mediaType.name, 'content-type': 'application/json' };
    const init = { method: req.method ?? 'GET', headers, body };
    const answer = await yoga.fetch(ORIGIN + req.url, init, { operation });
    res.writeHead(answer.status, Object.fromEntries(answer.headers));
    res.end(await answer.text());
  };
}

function createContext(options: GraphQLServerOptions, operation: Operation): GraphQLContext {
  return {
    collections: new CollectionsSource(options.source, operation.scope),
    maxBulkIds: options.maxBulkIds,
    reportPartial: (error, path) => {
      operation.partialErrors.push(new GraphQLError(error.message, { path, originalError: error }));
    },
  };
}
