import { z } from 'zod';
import { idsOf } from './library-client.ts';
import type { SandboxClient } from './sandbox-client.ts';

const text = z.string();
const texts = z.array(text);
const common = {
  id: text,
  authorId: text,
  ownerId: text,
  teamId: text,
  collectionIds: texts,
  createdAt: text,
  updatedAt: text,
  privacy: text,
  tags: texts,
};
const picture = z.strictObject({ assetId: text, url: text }).optional();

/** A hit exactly as the reference has it: no kind, status, source or properties. */
const assetHit = z.strictObject({
  ...common,
  metadata: z.looseObject({ kind: text, type: text, width: z.number().optional() }),
  mimeType: text,
  nsfw: texts,
  url: text,
  thumbnail: picture,
  description: text.optional(),
});

export const modelHit = z.strictObject({
  ...common,
  name: text,
  shortDescription: text,
  type: text,
  source: text,
  capabilities: texts,
  concepts: z.array(z.unknown()),
  exampleAssetIds: texts,
  trainingImagesNumber: z.number(),
  thumbnail: picture,
});

const answer = z.strictObject({
  hits: z.array(assetHit),
  limit: z.number(),
  offset: z.number(),
  estimatedTotalHits: z.int().optional(),
  totalHits: z.int().optional(),
  totalPages: z.int().optional(),
  page: z.int().optional(),
  hitsPerPage: z.int().optional(),
});

/** The answer to a search of assets. */
export async function search(client: SandboxClient, body: object, query = '') {
  return answer.parse((await client.call('POST', `/search/assets${query}`, { body })).body);
}

/** The ids of the first hundred assets that pass a filter. */
export const found = async (client: SandboxClient, filter: string) =>
  idsOf((await search(client, { filter, limit: 100, offset: 0 })).hits);
