import { z } from 'zod';

const isoDate = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

/** A collection exactly as the reference prints it: no field more, no field less. */
export const collection = z.strictObject({
  id: z.string().regex(/^col_[1-9A-HJ-NP-Za-km-z]{24}$/),
  assetCount: z.int().min(0),
  createdAt: isoDate,
  itemCount: z.int().min(0),
  modelCount: z.int().min(0),
  name: z.string().min(1),
  ownerId: z.string().min(1),
  updatedAt: isoDate,
  thumbnail: z.strictObject({ assetId: z.string(), url: z.url() }).optional(),
});

export const collectionAnswer = z.strictObject({ collection });

export const listAnswer = z.strictObject({
  collections: z.array(collection),
  nextPaginationToken: z.string().min(1).optional(),
});

/** The shape of errors seen on the live service. */
export const errorAnswer = z.strictObject({
  reason: z.string().min(1),
  name: z.string().min(1),
  details: z.record(z.string(), z.unknown()).optional(),
});

export type WireCollection = z.output<typeof collection>;
