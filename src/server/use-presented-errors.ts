import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Logger } from '../shared/logger.ts';
import type { Operation } from './operation.ts';
import { presentError } from './present-error.ts';

/** The one gate for errors: whatever an answer holds of them has passed here. */
export function usePresentedErrors(logger: Logger): Plugin<object, { operation: Operation }> {
  return {
    onResultProcess({ request, result, setResult, serverContext: { operation } }) {
      if (Array.isArray(result) || !('errors' in result || 'data' in result)) return;
      const errors = [...(result.errors ?? []), ...operation.partialErrors];
      if (errors.length === 0) return;
      const keepSpecStatus = wantsLegacyStatus(request.headers.get('accept'));
      const isRefusal = !('data' in result) || result.data === undefined;
      const shown = errors.map((error) => {
        const presented = presentError(
          isRefusal ? asRefusal(error) : error,
          operation.scope.requestId,
          keepSpecStatus,
        );
        operation.errorCodes.push(presented.code);
        if (presented.cause)
          logger.warn(logFields(presented.code, presented.cause, operation), 'a field failed');
        return presented.error;
      });
      setResult(isRefusal ? { errors: shown } : { data: result.data, errors: shown });
    },
  };
}

// graphql-over-http: "application/json" alone asks for 200 where the document is at fault.
function wantsLegacyStatus(accept: string | null): boolean {
  return accept !== null && accept.includes('application/json') && !accept.includes('graphql-response+json');
}

// What graphql-js refuses before it executes (variables, the operation's name) has no status of its own.
function asRefusal(error: GraphQLError): GraphQLError {
  if (error.extensions['http'] !== undefined || error.originalError !== undefined) return error;
  return new GraphQLError(error.message, {
    nodes: error.nodes,
    source: error.source,
    positions: error.positions,
    extensions: { ...error.extensions, http: { spec: true, status: 400 } },
  });
}

function logFields(code: string, cause: unknown, { scope }: Operation): Record<string, unknown> {
  const failure = cause instanceof Error ? { err: cause } : { failure: cause };
  return { requestId: scope.requestId, code, ...failure };
}
