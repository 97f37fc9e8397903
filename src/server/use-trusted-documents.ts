import type { Plugin } from 'graphql-yoga';
import type { DocumentParameters } from './documents/trusted/requested-document.ts';
import type { TrustedDocuments } from './documents/trusted/trusted-documents.ts';
import { RefusalError } from './edge/refusal.ts';
import type { Operation } from './request/operation.ts';

/** The parameter, beside those of every GraphQL server, that requests may have. */
export const DOCUMENT_ID = 'documentId';

/** Puts the document in where a request names it only, and refuses what is not trusted where that matters. */
export function useTrustedDocuments(trusted: TrustedDocuments): Plugin<object, { operation: Operation }> {
  return {
    onParams({ params, request, setParams, context: { operation } }) {
      const given = parametersOf(params);
      if (given === null) return;
      const documentId = request.method === 'GET' ? idInTarget(request.url) : given.documentId;
      const found = trusted.find({ ...given, documentId }, operation.scope.requestId);
      if (!found.ok) throw new RefusalError(found.failure);
      if (found.value !== null) setParams({ ...params, query: found.value });
    },
  };
}

// What comes here was parsed, but not looked at yet.
function parametersOf(params: unknown): DocumentParameters | null {
  return typeof params === 'object' && params !== null && !Array.isArray(params) ? params : null;
}

function idInTarget(url: string): string | null {
  return new URL(url).searchParams.get(DOCUMENT_ID);
}
