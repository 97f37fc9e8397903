import type { GraphQLContext } from '../../schema/context.ts';
import { planOperation } from './plan-operation.ts';
import type { OperationRequest, PreparedOperation, RunOptions } from './prepared-operation.ts';

/** Prepares an operation for the compiled executor; `null` where it does not execute it exactly. */
export function prepareCompiled(
  { compiled, variables }: OperationRequest,
  context: GraphQLContext,
  { hideSuggestions }: RunOptions,
): PreparedOperation | null {
  if (compiled === null) return null;
  const { errors, run } = compiled.bind(variables, hideSuggestions);
  if (errors) return { errors };
  if (run === null) return null;
  const { name, operation: type } = compiled.definition;
  return {
    name: name?.value ?? null,
    type,
    plan: (limits) => planOperation(run.costs, type === 'mutation', limits),
    execute: () => run.execute(context),
  };
}
