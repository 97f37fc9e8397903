import type { InputLimits } from '../../schema/planned-calls.ts';
import { fail, type Result, succeed } from '../../shared/result.ts';
import type { Caller, Scope } from '../auth/caller.ts';
import { CHALLENGE } from '../auth/rejection.ts';
import type { Refusal } from '../edge/refusal.ts';
import type { Operation } from '../request/operation.ts';
import { budgetHeaders, type CallerLimiter, type Charge } from './caller-limiter.ts';

/** What an operation is going to do, known before anything runs. */
export interface OperationPlan {
  /** The first field that reads something upstream, also below a mutation; `null` for introspection and the like. */
  readonly reads: string | null;
  /** The first field that writes something upstream. */
  readonly writes: string | null;
  /** Upstream calls when nothing fails, repeats or is shared. */
  readonly calls: number;
  /** The field that needs most of them by itself. */
  readonly largest: { readonly path: string; readonly calls: number } | null;
}

/** What decides whether a planned operation may run. */
export interface AdmissionRules {
  /** Most upstream calls that one operation may plan. */
  readonly maxUpstreamCalls: number;
  readonly inputLimits: InputLimits;
  /** `null` when callers are not limited. */
  readonly callerLimiter: CallerLimiter | null;
}

/** Who asks, and where it is told what is left of its budget. */
type Asker = Pick<Operation, 'caller' | 'addHeaders'>;

/**
 * Lets a planned operation in, or says why not, before any upstream call.
 * @returns a promise where its calls are charged to the caller's budget; the caller is told what is left of that
 */
export function admit(
  plan: OperationPlan,
  asker: Asker,
  { maxUpstreamCalls, callerLimiter }: AdmissionRules,
): Refusal | null | Promise<Result<Charge, Refusal>> {
  const refusal = checkScope(plan, asker.caller) ?? checkSize(plan, maxUpstreamCalls);
  if (refusal !== null || callerLimiter === null || plan.calls === 0) return refusal;
  return chargeBudget(plan, asker, callerLimiter);
}

function checkScope({ reads, writes }: OperationPlan, caller: Caller): Refusal | null {
  return requireScope('collections:write', writes, caller) ?? requireScope('collections:read', reads, caller);
}

/** @param path a field that needs the scope; `null` where none does */
function requireScope(needed: Scope, path: string | null, { scopes }: Caller): Refusal | null {
  if (path === null || scopes.has(needed)) return null;
  return {
    status: 403,
    code: 'INSUFFICIENT_SCOPE',
    message: `"${path}" needs the scope "${needed}", which the caller does not have.`,
    headers: { 'www-authenticate': `${CHALLENGE}, error="insufficient_scope", scope="${needed}"` },
  };
}

function checkSize(plan: OperationPlan, maxUpstreamCalls: number): Refusal | null {
  if (plan.calls <= maxUpstreamCalls) return null;
  const message = askForLess(plan, `${maxUpstreamCalls} is the most`);
  return { status: 400, code: 'LIMIT_EXCEEDED', message };
}

function askForLess({ calls, largest }: OperationPlan, bound: string): string {
  const part = largest && largest.calls < calls ? ` ("${largest.path}" alone ${largest.calls})` : '';
  return `The operation needs ${calls} upstream calls${part}, but ${bound}: ask for less at once.`;
}

async function chargeBudget(
  plan: OperationPlan,
  { caller, addHeaders }: Asker,
  limiter: CallerLimiter,
): Promise<Result<Charge, Refusal>> {
  const { calls } = plan;
  const { perMinute } = limiter;
  const charge = await limiter.charge(caller.name, calls);
  addHeaders(budgetHeaders(perMinute, charge));
  const settle = (difference: number): void => {
    charge.settle(difference);
    const remaining = Math.max(0, charge.remaining - difference);
    addHeaders(budgetHeaders(perMinute, { ...charge, remaining }));
  };
  if (charge.isWithin) return succeed({ ...charge, settle });
  const refusal = { status: 429, code: 'RATE_LIMITED' } as const;
  // No minute will do for it, so it is not told to wait for the next.
  if (calls > perMinute)
    return fail({ ...refusal, message: askForLess(plan, `a caller has ${perMinute} in a minute`) });
  const message = `The caller's ${perMinute} upstream calls of this minute do not suffice for ${calls} more.`;
  return fail({ ...refusal, message, retryAfterMs: charge.resetMs });
}
