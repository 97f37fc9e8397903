import type { Plugin } from 'graphql-yoga';
import type { Logger } from '../shared/logger.ts';
import { encodeResult } from './answers/encode-result.ts';
import type { Operation } from './request/operation.ts';

/** Writes yoga's results as the gateway writes all of its results. */
export function useEncodedResults(logger: Logger): Plugin<object, { operation: Operation }> {
  return {
    onResultProcess({ result, setResultProcessor, serverContext: { operation } }) {
      if (Array.isArray(result) || !('errors' in result || 'data' in result)) return;
      const { status, headers, body } = encodeResult(result, operation, logger);
      setResultProcessor(
        (_result, fetchAPI) => new fetchAPI.Response(body, { status, headers }),
        operation.mediaType.name,
      );
    },
  };
}
