import { z } from 'zod';
import { badRequest } from './api-error.ts';
import type { StoredCollection } from './collections-store.ts';
import { OWNER_ID } from './owners.ts';
import type { PictureUrl } from './pictures/picture-url.ts';

const name = z.string().refine((text) => text.trim() !== '', 'must not be blank');

/** An id as the API accepts it; whether it exists is another question. */
export const memberId = z.string().regex(/^[A-Za-z0-9_.-]{1,128}$/, 'is not an id');

export const createBody = z.strictObject({ name });

export const updateBody = z.strictObject({ name: name.optional(), thumbnail: memberId.nullish() });

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
export function toWire(collection: StoredCollection, pictureUrl: PictureUrl): Record<string, unknown> {
  const { thumbnailAssetId, assetCount, modelCount, ...rest } = collection;
  return {
    ...rest,
    ownerId: OWNER_ID,
    assetCount,
    modelCount,
    itemCount: assetCount + modelCount,
    ...(thumbnailAssetId !== null && {
      thumbnail: { assetId: thumbnailAssetId, url: pictureUrl(thumbnailAssetId) },
    }),
  };
}
