import type { Plugin } from 'graphql-yoga';
import type { RunOptions } from './execution/run-compiled.ts';
import { runOperation } from './execution/run-operation.ts';
import type { Operation } from './request/operation.ts';

/** Executes through the gateway's own pipeline, and with graphql-js itself. */
export function useRunOperation({ rules, hideSuggestions }: RunOptions): Plugin<{ operation: Operation }> {
  return {
    onExecute({ setExecuteFn, args: { contextValue } }) {
      setExecuteFn((args) => runOperation({ ...args, hideSuggestions }, contextValue.operation, rules));
    },
  };
}
