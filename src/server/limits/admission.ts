import type { InputLimits } from '../../schema/planned-calls.ts';
import type { Caller, Scope } from '../auth/caller.ts';
import type { Refusal } from '../edge/refusal.ts';
import type { Operation } from '../request/operation.ts';
import { budgetHeaders, type CallerLimiter } from './caller-limiter.ts';
import type { OperationPlan } from './operation-plan.ts';

/** What decides whether a planned operation may run. */
export interface AdmissionRules {
  /** Most upstream calls that one operation may plan. */
  readonly maxUpstreamCalls: number;
  readonly inputLimits: InputLimits;
  /** `null` when callers are not limited. */
  readonly callerLimiter: CallerLimiter | null;
}

/**
 * Lets a planned operation in, or says why not, before any upstream call.
 * Charges its calls to the caller's budget and tells the caller what is left of it.
 */
export function admit(
  plan: OperationPlan,
  operation: Operation,
  rules: AdmissionRules,
): Refusal | null | Promise<Refusal | null> {
  return (
    checkScope(plan, operation.caller) ??
    checkSize(plan, rules.maxUpstreamCalls) ??
    (rules.callerLimiter ? chargeBudget(plan, operation, rules.callerLimiter) : null)
  );
}

function checkScope({ touchesData, isMutation }: OperationPlan, caller: Caller): Refusal | null {
  const needed: Scope = isMutation ? 'collections:write' : 'collections:read';
  if (!touchesData || caller.scopes.has(needed)) return null;
  return {
    status: 403,
    code: 'FORBIDDEN',
    message: `This needs the scope "${needed}", which the caller does not have.`,
  };
}

function checkSize({ calls }: OperationPlan, maxUpstreamCalls: number): Refusal | null {
  if (calls <= maxUpstreamCalls) return null;
  const message = `The operation needs ${calls} upstream calls, but ${maxUpstreamCalls} is the most: ask for less at once.`;
  return { status: 400, code: 'LIMIT_EXCEEDED', message };
}

async function chargeBudget(
  { calls }: OperationPlan,
  operation: Operation,
  limiter: CallerLimiter,
): Promise<Refusal | null> {
  if (calls === 0) return null;
  const budget = await limiter.charge(operation.caller.name, calls);
  operation.addHeaders(budgetHeaders(limiter.perMinute, budget));
  if (budget.isWithin) return null;
  const message = `The caller's ${limiter.perMinute} upstream calls of this minute do not suffice for ${calls} more.`;
  return { status: 429, code: 'RATE_LIMITED', message, retryAfterMs: budget.resetMs };
}
