import type { Plugin } from 'graphql-yoga';
import { runOperation } from './execution/run-operation.ts';
import type { LaneOptions } from './fast-path.ts';
import type { Operation } from './request/operation.ts';

/** Executes what yoga has read as the gateway runs all of its operations. */
export function useRunOperation(options: LaneOptions): Plugin<{ operation: Operation }> {
  return {
    onExecute({ setExecuteFn, args: { contextValue } }) {
      const { operation } = contextValue;
      setExecuteFn(({ document, variableValues, operationName }) => {
        const request = {
          document,
          compiled: options.documents.compiledOf(document),
          variables: variableValues ?? {},
          operationName: operationName ?? null,
        };
        return runOperation(request, options.createContext(operation), operation, options);
      });
    },
  };
}
