import {
  type ExecutionArgs,
  type ExecutionResult,
  executeRootSelectionSet,
  validateExecutionArgs,
} from 'graphql';
import type { Result } from '../../shared/result.ts';
import { type Refusal, RefusalError } from '../edge/refusal.ts';
import { type AdmissionRules, admit } from '../limits/admission.ts';
import type { Charge } from '../limits/caller-limiter.ts';
import { type OperationPlan, planFields, rootFields } from '../limits/operation-plan.ts';
import type { Operation } from '../request/operation.ts';

/** Executes a checked document for a caller with graphql-js: coerces variables, plans, admits, resolves. */
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
  const plan = planFields(rootFields(validated), type === 'mutation', rules.inputLimits);
  return runAdmitted(plan, operation, rules, () => executeRootSelectionSet(validated));
}

type Execute = () => ExecutionResult | Promise<ExecutionResult>;

/** Runs what is planned if the caller may, and sets right afterwards what it cost. */
export function runAdmitted(
  plan: OperationPlan,
  operation: Operation,
  rules: AdmissionRules,
  execute: Execute,
): ExecutionResult | Promise<ExecutionResult> {
  operation.plannedCalls = plan.calls;
  const admitted = admit(plan, operation, rules);
  if (admitted instanceof Promise) return runCharged(admitted, plan, operation, execute);
  return admitted ? { errors: [new RefusalError(admitted)] } : execute();
}

async function runCharged(
  charging: Promise<Result<Charge, Refusal>>,
  plan: OperationPlan,
  operation: Operation,
  execute: Execute,
): Promise<ExecutionResult> {
  const charge = await charging;
  if (!charge.ok) return { errors: [new RefusalError(charge.failure)] };
  const result = await execute();
  // Retries cost the caller too; what was shared or never sent does not.
  charge.value.settle(operation.scope.tally.attempts - plan.calls);
  return result;
}
