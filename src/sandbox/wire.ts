import { z } from 'zod';
import { badRequest } from './api-error.ts';
import type { MemberKind, StoredCollection } from './collections-store.ts';
import type { Faults } from './faults.ts';
import { thumbnailUrl } from './thumbnails.ts';

const OWNER_ID = 'dcf121faaa1a0a0bbbd9ca1b73d62aea';
const MAX_IDS = 49;

const name = z.string().refine((text) => text.trim() !== '', 'must not be blank');
const memberId = z.string().regex(/^[A-Za-z0-9_.-]{1,128}$/, 'is not an id');
const memberIds = z
  .array(memberId)
  .min(1, 'must hold at least 1 id')
  .max(MAX_IDS, `must hold at most ${MAX_IDS} ids`);

export const createBody = z.strictObject({ name });

export const updateBody = z.strictObject({ name: name.optional(), thumbnail: memberId.nullish() });

export const listQuery = z.object({
  pageSize: z
    .string()
    .regex(/^\d{1,3}$/, 'must be a number')
    .transform(Number)
    .pipe(z.number().min(1, 'must be 1 at least').max(100, 'must be 100 at most'))
    .default(10),
  paginationToken: z.string().optional(),
});

/** Body schemas of the membership calls, as a list of ids. */
export const membershipBodies = {
  asset: z.strictObject({ assetIds: memberIds }).transform(({ assetIds }) => assetIds),
  model: z.strictObject({ modelIds: memberIds }).transform(({ modelIds }) => modelIds),
} satisfies Record<MemberKind, z.ZodType<string[]>>;

/** Checks what arrived against a schema; throws a 400 that names every problem. */
export function decode<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw badRequest(`Invalid request: ${describeIssues(result.error).join('; ')}`);
}

/** Reads a JSON body whatever its content type; throws a 400 when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest('Invalid request: the body is not JSON');
  }
}

/** One `path: message` line per problem; never repeats the value. */
export function describeIssues(error: z.ZodError): string[] {
  return error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join('.')}: ${message}`,
  );
}

/** A collection as the API answers it. */
export function toWire(
  collection: StoredCollection,
  origin: string,
  answers: Faults['answers'],
): Record<string, unknown> {
  const { thumbnailAssetId, assetCount, modelCount, ...rest } = collection;
  const shown = thumbnailAssetId !== null && !answers.withoutThumbnails;
  return {
    ...rest,
    ownerId: OWNER_ID,
    assetCount,
    modelCount,
    itemCount: assetCount + modelCount,
    ...(shown && { thumbnail: { assetId: thumbnailAssetId, url: thumbnailUrl(origin, thumbnailAssetId) } }),
    ...(answers.extraFields && { visibility: 'team', tags: ['concept'], stats: { views: 12 } }),
  };
}
