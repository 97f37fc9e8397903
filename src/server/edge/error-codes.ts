import type { GatewayErrorCode } from '../../shared/gateway-error.ts';

/** Every code that can stand in `extensions.code` of an answer. */
export type ServerErrorCode =
  | GatewayErrorCode
  | 'UNAUTHENTICATED'
  | 'GRAPHQL_PARSE_FAILED'
  | 'GRAPHQL_VALIDATION_FAILED'
  | 'PERSISTED_QUERY_NOT_FOUND'
  | 'INTERNAL_SERVER_ERROR';

const PIPELINE_CODES: ReadonlyMap<unknown, ServerErrorCode> = new Map([
  ['GRAPHQL_PARSE_FAILED', 'GRAPHQL_PARSE_FAILED'],
  ['GRAPHQL_VALIDATION_FAILED', 'GRAPHQL_VALIDATION_FAILED'],
  ['PERSISTED_QUERY_NOT_FOUND', 'PERSISTED_QUERY_NOT_FOUND'],
]);

/** The code of an error that graphql-js or yoga made: what they refuse is the caller's input. */
export function pipelineCode(code: unknown): ServerErrorCode {
  return PIPELINE_CODES.get(code) ?? 'BAD_USER_INPUT';
}
