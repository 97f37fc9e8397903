import { z } from 'zod';

const isoDate = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const picture = z.strictObject({ assetId: z.string().min(1), url: z.url() });
const privacy = z.enum(['private', 'public', 'unlisted']);

/** An asset as the types of the official SDK have it: what they require is here, and values are of their lists. */
export const asset = z.looseObject({
  id: z.string(),
  authorId: z.string(),
  ownerId: z.string(),
  collectionIds: z.array(z.string()),
  kind: z.enum(['3d', 'audio', 'document', 'image', 'image-hdr', 'json', 'text', 'video']),
  source: z.string(),
  status: z.enum(['error', 'pending', 'success']),
  privacy,
  mimeType: z.string(),
  url: z.url().or(z.literal('')),
  tags: z.array(z.string()),
  editCapabilities: z.array(z.string()),
  createdAt: isoDate,
  updatedAt: isoDate,
  metadata: z.looseObject({
    kind: z.string(),
    type: z.string(),
    name: z.string().optional(),
    prompt: z.string().optional(),
    seed: z.string().optional(),
  }),
  properties: z.looseObject({
    size: z.number(),
    width: z.number().optional(),
    height: z.number().optional(),
  }),
  thumbnail: picture.optional(),
  nsfw: z.array(z.string()).optional(),
});

export const model = z.looseObject({
  id: z.string(),
  type: z.string(),
  privacy,
  source: z.enum(['civitai', 'huggingface', 'other', 'scenario']),
  status: z.enum(['copying', 'failed', 'new', 'trained', 'training', 'training-canceled']),
  collectionIds: z.array(z.string()),
  tags: z.array(z.string()),
  capabilities: z.array(z.string()),
  exampleAssetIds: z.array(z.string()),
  custom: z.boolean(),
  trainingImagesNumber: z.number(),
  createdAt: isoDate,
  updatedAt: isoDate,
  name: z.string().optional(),
  thumbnail: picture.optional(),
});

export const assetPage = z.strictObject({
  assets: z.array(asset),
  nextPaginationToken: z.string().nullish(),
});
export const modelPage = z.strictObject({
  models: z.array(model),
  nextPaginationToken: z.string().nullish(),
});

export type WireAsset = z.output<typeof asset>;
export type WireModel = z.output<typeof model>;
