import type { ErrorCode } from '../../shared/gateway-error.ts';

const PIPELINE_CODES: ReadonlyMap<unknown, ErrorCode> = new Map([
  ['GRAPHQL_PARSE_FAILED', 'GRAPHQL_PARSE_FAILED'],
  ['GRAPHQL_VALIDATION_FAILED', 'GRAPHQL_VALIDATION_FAILED'],
  ['PERSISTED_QUERY_NOT_FOUND', 'PERSISTED_QUERY_NOT_FOUND'],
]);

/** The code of an error that graphql-js or yoga made: what they refuse is the caller's input. */
export function pipelineCode(code: unknown): ErrorCode {
  return PIPELINE_CODES.get(code) ?? 'BAD_USER_INPUT';
}
