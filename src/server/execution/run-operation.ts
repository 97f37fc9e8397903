import type { ExecutionResult } from 'graphql';
import type { GraphQLContext } from '../../schema/context.ts';
import type { Result } from '../../shared/result.ts';
import { type Refusal, RefusalError } from '../edge/refusal.ts';
import { admit, type OperationPlan } from '../limits/admission.ts';
import type { Charge } from '../limits/caller-limiter.ts';
import type { Operation } from '../request/operation.ts';
import { prepareCompiled } from './prepare-compiled.ts';
import { prepareInterpreted } from './prepare-interpreted.ts';
import type { OperationRequest, RunOptions } from './prepared-operation.ts';

type Executed = ExecutionResult | Promise<ExecutionResult>;

/**
 * Runs an operation for a caller: picks the executor for its document, plans its upstream calls, lets it in or refuses it,
 * executes it, and charges what it has cost.
 */
export function runOperation(
  request: OperationRequest,
  context: GraphQLContext,
  operation: Operation,
  options: RunOptions,
): Executed {
  const prepared =
    prepareCompiled(request, context, options) ?? prepareInterpreted(request, context, options);
  if (prepared.errors) return { errors: prepared.errors };
  const { rules } = options;
  const plan = prepared.plan(rules.inputLimits);
  operation.name = prepared.name;
  operation.type = prepared.type;
  operation.plannedCalls = plan.calls;
  operation.scope.priority = prepared.type === 'mutation' ? 'write' : 'read';
  operation.scope.calls.limit = plan.calls + rules.maxUpstreamCalls;
  const execute = (): Executed => settle(prepared.execute(), operation);
  const admitted = admit(plan, operation, rules);
  if (admitted instanceof Promise) return runCharged(admitted, plan, operation, execute);
  return admitted ? { errors: [new RefusalError(admitted)] } : execute();
}

// A failure that leaves no data is the result at once, while other fields still read.
function settle(executed: Executed, operation: Operation): Executed {
  if (executed instanceof Promise) return executed.then((result) => settle(result, operation));
  operation.settled();
  return executed;
}

async function runCharged(
  charging: Promise<Result<Charge, Refusal>>,
  plan: OperationPlan,
  operation: Operation,
  execute: () => Executed,
): Promise<ExecutionResult> {
  const charge = await charging;
  if (!charge.ok) return { errors: [new RefusalError(charge.failure)] };
  const result = await execute();
  // Retries cost the caller too; what was shared or never sent does not.
  charge.value.settle(operation.scope.tally.attempts - plan.calls);
  return result;
}
