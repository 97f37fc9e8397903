import { z } from 'zod';
import type { LibraryResource } from '../library/library-routes.ts';
import { listFields, readOrder, readTypes, refuseUnplayed } from '../library/list-query.ts';
import { pageFields, readPageRequest } from '../page-query.ts';
import type { SandboxParts } from '../sandbox-env.ts';
import { decode } from '../wire.ts';
import { assetToWire } from './asset-wire.ts';

const listQuery = z.object({
  ...pageFields({ byDefault: 50, most: 100 }),
  ...listFields,
  sortBy: z.enum(['createdAt', 'updatedAt']).optional(),
  privacy: z.enum(['private', 'public', 'unlisted']).optional(),
});

const bulkBody = z.object({ assetIds: z.array(z.string()).default([]) });

const UNPLAYED = [
  'authorId',
  'deleted',
  'inferenceId',
  'modelId',
  'parentAssetId',
  'rootAssetId',
  'tags',
] as const;

export function assetResource({ faults, pictureUrl }: SandboxParts): LibraryResource {
  return {
    kind: 'asset',
    readList: (query, { defaultOrder }) => {
      refuseUnplayed(query, UNPLAYED);
      const parameters = decode(listQuery, query);
      const { collectionId, privacy } = parameters;
      const { order, dates } = readOrder(parameters);
      const newest = { field: 'createdAt', direction: 'desc' } as const;
      return {
        page: readPageRequest(parameters),
        items: {
          kind: 'asset',
          collectionIds: collectionId === undefined ? undefined : [collectionId],
          privacies: privacy && [privacy],
          // Members can belong to others, and `public` means everybody's.
          ownOnly: collectionId === undefined && privacy !== 'public',
          types: readTypes(parameters),
          dates,
          order: order ?? (defaultOrder === 'newest' ? newest : undefined),
        },
      };
    },
    readBulk: (body) => ({ ids: decode(bulkBody, body).assetIds, shape: (record) => record }),
    maxBulk: ({ maxAssets }) => maxAssets,
    toWire: (item, collectionIds) => {
      const { undocumentedValues } = faults.current.answers;
      return assetToWire(item, collectionIds, { pictureUrl, undocumentedValues });
    },
  };
}
