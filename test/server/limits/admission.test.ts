import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Scope } from '../../../src/server/auth/caller.ts';
import { admit, type OperationPlan } from '../../../src/server/limits/admission.ts';
import { CallerLimiter } from '../../../src/server/limits/caller-limiter.ts';

const READ: OperationPlan = { reads: 'a', writes: null, calls: 1, largest: null };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Lets operations in for one caller. */
function openGate(perMinute: number | null, scopes: readonly Scope[] = ['collections:read']) {
  const callerLimiter = perMinute === null ? null : new CallerLimiter(perMinute, null);
  const inputLimits = { maxPageWalk: 500, maxBulkIds: 1_000 };
  const addHeaders = vi.fn<(headers: Readonly<Record<string, string>>) => void>();
  const caller = { identity: 'ada', name: 'ada', scopes: new Set(scopes), account: null };
  const enter = (plan: Partial<OperationPlan> = {}) =>
    admit({ ...READ, ...plan }, { caller, addHeaders }, { maxUpstreamCalls: 30, inputLimits, callerLimiter });
  return { enter, addHeaders };
}

describe('an operation is let in', () => {
  test.each<[what: string, scopes: readonly Scope[], plan: Partial<OperationPlan>]>([
    ['reads and may read', ['collections:read'], {}],
    ['writes and may write', ['collections:write'], { reads: null, writes: 'a' }],
    ['writes and reads, and may do both', ['collections:write', 'collections:read'], { writes: 'a' }],
    ['touches no data', [], { reads: null, calls: 0 }],
    ['makes as many calls as it may', ['collections:read'], { calls: 30 }],
  ])('that %s', (_what, scopes, plan) => {
    expect(openGate(null, scopes).enter(plan)).toBeNull();
  });

  test('without a charge where it makes no call', () => {
    const { enter, addHeaders } = openGate(1);
    expect(enter({ calls: 0 })).toBeNull();
    expect(addHeaders).not.toHaveBeenCalled();
  });

  test('with its calls charged to its caller, who is told what is left', async () => {
    const { enter, addHeaders } = openGate(4);
    expect(await enter({ calls: 3 })).toMatchObject({ ok: true, value: { remaining: 1 } });
    expect(addHeaders).toHaveBeenCalledWith({
      'ratelimit-policy': '"caller";q=4;w=60',
      ratelimit: '"caller";r=1;t=60',
    });
  });
});

describe('an operation is refused, and costs nothing,', () => {
  test.each<[needed: Scope, has: Scope, plan: Partial<OperationPlan>]>([
    ['collections:write', 'collections:read', { reads: null, writes: 'a' }],
    ['collections:read', 'collections:write', {}],
    ['collections:read', 'collections:write', { reads: 'a.b', writes: 'a' }],
    ['collections:write', 'collections:read', { reads: 'a.b', writes: 'a' }],
  ])('for the scope %s where its caller has %s', async (needed, has, plan) => {
    const { enter, addHeaders } = openGate(1, [has]);
    expect(await enter(plan)).toEqual({
      status: 403,
      code: 'INSUFFICIENT_SCOPE',
      message: expect.stringContaining(`"${needed}"`),
      headers: {
        'www-authenticate': `Bearer realm="collections", error="insufficient_scope", scope="${needed}"`,
      },
    });
    expect(addHeaders).not.toHaveBeenCalled();
  });

  test.each<[largest: OperationPlan['largest'], part: string]>([
    [{ path: 'a.nodes', calls: 20 }, 'needs 31 upstream calls ("a.nodes" alone 20), but 30 is the most'],
    [{ path: 'a.nodes', calls: 31 }, 'needs 31 upstream calls, but 30 is the most'],
    [null, 'needs 31 upstream calls, but 30 is the most'],
  ])('for more calls than it may make, with what needs most of them: %j', async (largest, part) => {
    const { enter, addHeaders } = openGate(100);
    expect(await enter({ calls: 31, largest })).toEqual({
      status: 400,
      code: 'LIMIT_EXCEEDED',
      message: expect.stringContaining(part),
    });
    expect(addHeaders).not.toHaveBeenCalled();
  });

  test('until its budget is there again', async () => {
    const { enter, addHeaders } = openGate(2);
    await enter();
    vi.advanceTimersByTime(20_500);
    expect(await enter({ calls: 2 })).toEqual({
      ok: false,
      failure: {
        status: 429,
        code: 'RATE_LIMITED',
        message: expect.stringContaining('do not suffice for 2 more'),
        retryAfterMs: 39_500,
      },
    });
    expect(addHeaders).toHaveBeenLastCalledWith(expect.objectContaining({ ratelimit: '"caller";r=1;t=40' }));
  });

  test('whenever it comes, where no minute suffices for it, with what needs most calls', async () => {
    const { enter } = openGate(2);
    expect(await enter({ calls: 3, largest: { path: 'a.nodes', calls: 2 } })).toEqual({
      ok: false,
      failure: {
        status: 429,
        code: 'RATE_LIMITED',
        message: expect.stringContaining(
          'needs 3 upstream calls ("a.nodes" alone 2), but a caller has 2 in a minute: ask for less',
        ),
      },
    });
    expect(await enter({ calls: 2 })).toMatchObject({ ok: true });
  });
});
