import type { DocumentNode, GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { DocumentStore } from './documents/document-store.ts';
import { noSuchOperation } from './documents/no-such-operation.ts';
import { RefusalError } from './edge/refusal.ts';
import type { Operation } from './request/operation.ts';

/** Takes documents from the store, which has checked them, instead of parsing and validating each time. */
export function useCheckedDocuments(documents: DocumentStore): Plugin<{ operation: Operation }> {
  const refused = new WeakMap<DocumentNode, readonly GraphQLError[]>();
  return {
    onParse({ params, context: { operation, params: asked }, setParsedDocument }) {
      const checked = documents.check(String(params.source));
      operation.hash = checked.hash;
      const operationName = asked.operationName ?? null;
      if (checked.ok && !checked.names.has(operationName))
        throw new RefusalError(noSuchOperation(checked.names, operationName));
      if (checked.ok) return setParsedDocument(checked.document);
      const [error] = checked.errors;
      if (checked.document === null) throw error;
      refused.set(checked.document, checked.errors);
      setParsedDocument(checked.document);
    },
    onValidate({ params: { documentAST }, setResult }) {
      setResult([...(refused.get(documentAST) ?? [])]);
    },
  };
}
