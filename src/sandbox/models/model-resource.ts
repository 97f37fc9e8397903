import { z } from 'zod';
import type { LibraryResource } from '../library/library-routes.ts';
import type { SandboxParts } from '../sandbox-env.ts';
import { decode } from '../wire.ts';
import { readModelList } from './model-list-query.ts';
import { modelToWire } from './model-wire.ts';

const bulkBody = z.object({
  modelIds: z.array(z.string()).default([]),
  minimal: z.boolean().default(false),
  thumbnail: z.boolean().default(false),
});

type BulkBody = z.output<typeof bulkBody>;

export function modelResource({ pictureUrl }: SandboxParts): LibraryResource {
  return {
    kind: 'model',
    readList: readModelList,
    readBulk: (body) => {
      const asked = decode(bulkBody, body);
      return { ids: asked.modelIds, shape: (record) => bulkRecord(record, asked) };
    },
    maxBulk: ({ maxModels }) => maxModels,
    toWire: (item, collectionIds) => modelToWire(item, collectionIds, pictureUrl),
  };
}

/** The bulk read gives less than the single one unless it is asked for more. */
function bulkRecord(
  record: Readonly<Record<string, unknown>>,
  { minimal, thumbnail }: BulkBody,
): Readonly<Record<string, unknown>> {
  if (minimal) {
    const { id, name, type, privacy } = record;
    return { id, name, type, privacy };
  }
  // JSON leaves out what is undefined.
  return thumbnail ? record : { ...record, thumbnail: undefined };
}
