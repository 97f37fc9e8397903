import { z } from 'zod';
import { ApiError } from './api-error.ts';
import type { MemberKind } from './library/library-item.ts';
import { decode, memberId } from './wire.ts';

const MAX_IDS = 49;

const memberIds = z.array(memberId).min(1, 'must hold at least 1 id');

const bodies = {
  asset: z.strictObject({ assetIds: memberIds }).transform(({ assetIds }) => assetIds),
  model: z.strictObject({ modelIds: memberIds }).transform(({ modelIds }) => modelIds),
} satisfies Record<MemberKind, z.ZodType<string[]>>;

/** The ids of a membership call; throws a 400, for the 50th id in the words of the live service. */
export function readMembershipBody(kind: MemberKind, method: string, body: unknown): string[] {
  const ids = decode(bodies[kind], body);
  if (ids.length <= MAX_IDS) return ids;
  const verb = method === 'PUT' ? 'add' : 'remove';
  throw new ApiError({ status: 400, reason: `You cannot ${verb} more than ${MAX_IDS} ${kind}s at once.` });
}
