import type { ExecutionResult } from 'graphql';
import type { GraphQLContext } from '../schema/context.ts';
import type { Logger } from '../shared/logger.ts';
import type { AnswerCache } from './answers/answer-cache.ts';
import { type EncodedResult, encodeResult } from './answers/encode-result.ts';
import type { DocumentStore } from './documents/document-store.ts';
import type { TrustedDocuments } from './documents/trusted/trusted-documents.ts';
import type { OperationRequest, RunOptions } from './execution/prepared-operation.ts';
import { runOperation } from './execution/run-operation.ts';
import type { Operation } from './request/operation.ts';
import { DOCUMENT_ID } from './use-trusted-documents.ts';

/** What the fast path works with; yoga works with the same. */
export interface FastPathOptions extends RunOptions {
  readonly documents: DocumentStore;
  readonly trusted: TrustedDocuments;
  /** Keeps whole answers; `null` when nothing is kept. */
  readonly answers: AnswerCache | null;
  readonly createContext: (operation: Operation) => GraphQLContext;
  readonly logger: Logger;
}

/**
 * Answers a POST with this body, if it is a plain request for a good document.
 * @returns `null`, with nothing done, for whatever is unusual: that is for yoga
 */
export type FastPath = (body: string, operation: Operation) => Promise<EncodedResult | null>;

const PARAMETERS = new Set(['query', 'variables', 'operationName', 'extensions', DOCUMENT_ID]);

/** Makes the fast path for plain requests: JSON in, an operation run, JSON out. */
export function createFastPath(options: FastPathOptions): FastPath {
  const { answers } = options;
  const make = (body: string, operation: Operation): Promise<EncodedResult | null> =>
    Promise.resolve(runPlain(body, operation, options)).then(
      (result) => result && encodeResult(result, operation, options.logger),
    );
  if (answers === null) return make;
  return (body, operation) => answers.answer(body, operation, () => make(body, operation));
}

function runPlain(
  body: string,
  operation: Operation,
  options: FastPathOptions,
): ExecutionResult | Promise<ExecutionResult> | null {
  const request = readPlainRequest(body, options, operation.scope.requestId);
  if (request === null) return null;
  operation.hash = request.hash;
  return runOperation(request, options.createContext(operation), operation, options);
}

function readPlainRequest(
  body: string,
  { documents, trusted }: FastPathOptions,
  requestId: string,
): (OperationRequest & { readonly hash: string }) | null {
  const params = parseObject(body);
  if (params === null || Object.keys(params).some((name) => !PARAMETERS.has(name))) return null;
  const { variables = null, operationName = null, extensions = null } = params;
  if ((variables !== null && !isObject(variables)) || (extensions !== null && !isObject(extensions)))
    return null;
  const found = trusted.find(params, requestId);
  if (!found.ok || found.value === null) return null;
  const checked = documents.check(found.value);
  if (!checked.ok) return null;
  if (operationName !== null && typeof operationName !== 'string') return null;
  if (!checked.names.has(operationName)) return null;
  const { hash, document, compiled } = checked;
  return { hash, document, compiled, variables: variables ?? {}, operationName };
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
