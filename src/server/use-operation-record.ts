import { getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Operation } from './operation.ts';

/** Notes for the log which operation ran. */
export function useOperationRecord(): Plugin<{ operation: Operation }> {
  return {
    onExecute({ args }) {
      const definition = getOperationAST(args.document, args.operationName);
      args.contextValue.operation.name = definition?.name?.value ?? null;
      args.contextValue.operation.type = definition?.operation ?? null;
    },
  };
}
