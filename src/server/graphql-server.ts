import type { IncomingMessage, ServerResponse } from 'node:http';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { createYoga } from 'graphql-yoga';
import { CollectionsSource, type CollectionsSourceOptions } from '../scenario/collections-source.ts';
import type { GraphQLContext } from '../schema/context.ts';
import type { Logger } from '../shared/logger.ts';
import type { Operation } from './operation.ts';
import { useGraphqlJs } from './use-graphql-js.ts';
import { useJsonOnly } from './use-json-only.ts';
import { useOperationRecord } from './use-operation-record.ts';
import { usePresentedErrors } from './use-presented-errors.ts';

/** What the GraphQL server is made of. */
export interface GraphQLServerOptions {
  readonly schema: GraphQLSchema;
  readonly source: CollectionsSourceOptions;
  readonly logger: Logger;
  readonly maxBulkIds: number;
  readonly maxBodyBytes: number;
  /** Exact origins that may call from a browser; empty for none. */
  readonly corsOrigins: readonly string[];
  /** Whether introspection and suggestions are on. */
  readonly isOpen: boolean;
}

/** Answers GraphQL over HTTP for one request. */
export type GraphQLServer = (
  req: IncomingMessage,
  res: ServerResponse,
  operation: Operation,
) => Promise<void>;

/** Builds graphql-yoga with the plugins in the order in which they act. */
export function createGraphQLServer(options: GraphQLServerOptions): GraphQLServer {
  const yoga = createYoga<{ operation: Operation }, GraphQLContext>({
    schema: options.schema,
    context: ({ operation }) => createContext(options, operation),
    graphiql: false,
    landingPage: false,
    multipart: false,
    batching: false,
    // Errors pass `usePresentedErrors`, which knows the request.
    maskedErrors: false,
    logging: false,
    cors: options.corsOrigins.length === 0 ? false : corsOptions(options.corsOrigins),
    maxRequestBodySize: options.maxBodyBytes,
    plugins: [
      useJsonOnly(),
      useGraphqlJs(options.isOpen),
      useOperationRecord(),
      usePresentedErrors(options.logger),
    ],
  });
  return async (req, res, operation) => {
    await yoga(req, res, { operation });
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

function corsOptions(origins: readonly string[]) {
  return {
    origin: [...origins],
    credentials: false,
    methods: ['GET', 'POST'],
    allowedHeaders: ['authorization', 'content-type', 'x-request-id'],
    exposedHeaders: ['x-request-id', 'retry-after'],
    maxAge: 600,
  };
}
