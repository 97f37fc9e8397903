import type { Plugin } from 'graphql-yoga';
import type { GraphQLContext } from '../schema/context.ts';
import type { DocumentStore } from './documents/document-store.ts';
import type { RunOptions } from './execution/prepared-operation.ts';
import { runOperation } from './execution/run-operation.ts';
import type { Operation } from './request/operation.ts';

/** Executes what yoga has read as the gateway runs all of its operations. */
export function useRunOperation(
  options: RunOptions & { readonly documents: DocumentStore },
): Plugin<GraphQLContext & { operation: Operation }> {
  return {
    onExecute({ setExecuteFn, args: { contextValue } }) {
      setExecuteFn(({ document, variableValues, operationName }) => {
        const request = {
          document,
          compiled: options.documents.compiledOf(document),
          variables: variableValues ?? {},
          operationName: operationName ?? null,
        };
        return runOperation(request, contextValue, contextValue.operation, options);
      });
    },
  };
}
