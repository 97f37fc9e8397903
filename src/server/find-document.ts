import { fail, type Result, succeed } from '../shared/result.ts';
import type { TrustedDocuments } from './documents/trusted/trusted-documents.ts';
import type { Refusal } from './edge/refusal.ts';
import { type GraphqlRequest, readGraphqlRequest, type SentRequest } from './request/graphql-request.ts';

/** A request with its document, whether it was sent or named. */
export interface DocumentRequest extends Pick<GraphqlRequest, 'operationName' | 'variables'> {
  readonly method: SentRequest['method'];
  readonly document: string;
}

/** Reads a request and finds its document: what both lanes start from. @returns the refusal of what asks for nothing that may run */
export function findDocument(
  sent: SentRequest,
  trusted: TrustedDocuments,
  requestId: string,
): Result<DocumentRequest, Refusal> {
  const read = readGraphqlRequest(sent);
  if (!read.ok) return read;
  const found = trusted.find(read.value, requestId);
  if (!found.ok) return found;
  if (found.value === null) return fail(NO_DOCUMENT);
  const { operationName, variables } = read.value;
  return succeed({ method: sent.method, document: found.value, operationName, variables });
}

const NO_DOCUMENT: Refusal = {
  status: 400,
  code: 'BAD_USER_INPUT',
  message:
    'The request has no document: send it as "query", or name one that is known here by its "documentId".',
};
