import {
  type ExecutionArgs,
  type ExecutionResult,
  executeRootSelectionSet,
  validateExecutionArgs,
} from 'graphql';
import { type AdmissionRules, admit } from './admission.ts';
import type { Operation } from './operation.ts';
import { planOperation } from './operation-plan.ts';
import { RefusalError } from './refusal.ts';

/** Executes a checked document for a caller: coerces variables, plans, admits, resolves. */
export async function runOperation(
  args: ExecutionArgs,
  operation: Operation,
  rules: AdmissionRules,
): Promise<ExecutionResult> {
  const validated = validateExecutionArgs(args);
  if (!('operation' in validated)) return { errors: validated };
  const { name, operation: type } = validated.operation;
  operation.name = name?.value ?? null;
  operation.type = type;
  const plan = planOperation(validated);
  const refusal = await admit(plan, operation, type === 'mutation', rules);
  if (refusal) return { errors: [new RefusalError(refusal)] };
  const result = await executeRootSelectionSet(validated);
  if (plan.calls > 0) settle(operation, plan.calls, rules);
  return result;
}

// Retries cost the caller too; what was shared or never sent does not.
function settle(operation: Operation, planned: number, { callerLimiter }: AdmissionRules): void {
  const difference = operation.scope.tally.attempts - planned;
  void callerLimiter?.settle(operation.caller.name, difference);
}
