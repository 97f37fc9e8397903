import type { ServerResponse } from 'node:http';
import type { ExecutionResult } from 'graphql';
import type { GraphQLContext } from '../schema/context.ts';
import type { Logger } from '../shared/logger.ts';
import type { AnswerCache } from './answers/answer-cache.ts';
import { type EncodedResult, encodeResult } from './answers/encode-result.ts';
import type { DocumentStore } from './documents/document-store.ts';
import type { TrustedDocuments } from './documents/trusted/trusted-documents.ts';
import { writeAnswer } from './edge/write-answer.ts';
import type { CompiledOperation } from './execution/compiled/compile-operation.ts';
import { type RunOptions, runCompiled } from './execution/run-compiled.ts';
import type { Operation } from './request/operation.ts';
import { DOCUMENT_ID } from './use-trusted-documents.ts';

/** What the fastPath lane works with; yoga works with the same. */
export interface FastPathOptions extends RunOptions {
  readonly documents: DocumentStore;
  readonly trusted: TrustedDocuments;
  /** Keeps whole answers; `null` when nothing is kept. */
  readonly answers: AnswerCache | null;
  readonly createContext: (operation: Operation) => GraphQLContext;
  readonly logger: Logger;
}

/**
 * Takes a request out of the body of a POST, if it is a plain one, and answers it.
 * @returns `false`, with nothing done, for whatever is unusual: that is for yoga
 */
export type FastPath = (body: string, res: ServerResponse, operation: Operation) => Promise<boolean>;

interface PlainRequest {
  readonly hash: string;
  readonly compiled: CompiledOperation;
  readonly variables: Readonly<Record<string, unknown>>;
}

const PARAMETERS = new Set(['query', 'variables', 'operationName', 'extensions', DOCUMENT_ID]);

/** Makes the short way for plain requests: JSON in, a compiled document, JSON out. */
export function createFastPath(options: FastPathOptions): FastPath {
  const { answers } = options;
  const make = (body: string, operation: Operation): Promise<EncodedResult | null> =>
    Promise.resolve(startPlain(body, operation, options)).then(
      (result) => result && encodeResult(result, operation, options.logger),
    );
  return (body, res, operation) => {
    const write = (answer: EncodedResult | null): boolean => {
      if (answer === null) return false;
      const headers = { ...answer.headers, 'x-request-id': operation.scope.requestId };
      writeAnswer(res, answer.status, headers, answer.body);
      return true;
    };
    const making = answers
      ? answers.answer(body, operation, () => make(body, operation))
      : make(body, operation);
    return making.then(write);
  };
}

function startPlain(
  body: string,
  operation: Operation,
  options: FastPathOptions,
): ExecutionResult | Promise<ExecutionResult> | null {
  const request = readPlainRequest(body, options, operation.scope.requestId);
  if (request === null) return null;
  operation.hash = request.hash;
  const context = options.createContext(operation);
  return runCompiled(request.compiled, request.variables, context, operation, options);
}

function readPlainRequest(
  body: string,
  { documents, trusted }: FastPathOptions,
  requestId: string,
): PlainRequest | null {
  const params = parseObject(body);
  if (params === null || Object.keys(params).some((name) => !PARAMETERS.has(name))) return null;
  const { variables = null, operationName = null, extensions = null } = params;
  if ((variables !== null && !isObject(variables)) || (extensions !== null && !isObject(extensions)))
    return null;
  const found = trusted.find(params, requestId);
  if (!found.ok || found.value === null) return null;
  const checked = documents.check(found.value);
  if (!checked.ok || checked.compiled === null) return null;
  const name = checked.compiled.definition.name?.value ?? null;
  if (operationName !== null && operationName !== name) return null;
  return { hash: checked.hash, compiled: checked.compiled, variables: variables ?? {} };
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
