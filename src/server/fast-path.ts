import type { GraphQLContext } from '../schema/context.ts';
import { type EncodeOptions, encodeResult } from './answers/encode-result.ts';
import type { DocumentStore } from './documents/document-store.ts';
import type { Answer } from './edge/answer.ts';
import type { OperationRequest, RunOptions } from './execution/prepared-operation.ts';
import { runOperation } from './execution/run-operation.ts';
import type { DocumentRequest } from './find-document.ts';
import type { Operation } from './request/operation.ts';

/** What both lanes work with. */
export interface LaneOptions extends RunOptions, EncodeOptions {
  readonly documents: DocumentStore;
  readonly createContext: (operation: Operation) => GraphQLContext;
}

/**
 * Answers a plain request: a POST for an operation that a good document has.
 * @returns `null`, with nothing done, for whatever is unusual: that is for yoga
 */
export type FastPath = (request: DocumentRequest, operation: Operation) => Promise<Answer> | null;

export function createFastPath(options: LaneOptions): FastPath {
  return (request, operation) => {
    const plain = request.method === 'POST' ? checkPlain(request, options.documents) : null;
    if (plain === null) return null;
    operation.hash = plain.hash;
    const result = runOperation(plain, options.createContext(operation), operation, options);
    return Promise.resolve(result).then((value) => encodeResult(value, operation, options));
  };
}

function checkPlain(
  { document: text, variables, operationName }: DocumentRequest,
  documents: DocumentStore,
): (OperationRequest & { readonly hash: string }) | null {
  const checked = documents.check(text);
  if (!checked.ok || !checked.names.has(operationName)) return null;
  const { hash, document, compiled } = checked;
  return { hash, document, compiled, variables, operationName };
}
