import type { Plugin } from 'graphql-yoga';
import type { Logger } from '../shared/logger.ts';
import type { Operation } from './operation.ts';
import { presentError } from './present-error.ts';

/** The one gate for errors: whatever an answer holds of them has passed here. */
export function usePresentedErrors(logger: Logger): Plugin<object, { operation: Operation }> {
  return {
    onResultProcess({ result, setResult, serverContext: { operation } }) {
      if (Array.isArray(result) || !('errors' in result || 'data' in result)) return;
      const errors = [...(result.errors ?? []), ...operation.partialErrors];
      if (errors.length === 0) return;
      const isRefusal = result.data === undefined;
      const { requestId } = operation.scope;
      const shown = errors.map((error) => {
        const { wantsLegacyStatus } = operation.mediaType;
        const {
          error: presented,
          code,
          cause,
        } = presentError(error, requestId, isRefusal, wantsLegacyStatus);
        operation.errorCodes.push(code);
        if (cause) logger.warn({ requestId, code, ...logFields(cause) }, 'a field failed');
        return presented;
      });
      setResult(isRefusal ? { errors: shown } : { data: result.data, errors: shown });
    },
  };
}

function logFields(cause: unknown): Record<string, unknown> {
  return cause instanceof Error ? { err: cause } : { failure: cause };
}
