import type { CallScope } from '../../http/call.ts';
import type { CollectionId } from '../../shared/brands.ts';
import type { ListOptions } from '../list-source.ts';
import { MemberSource } from '../membership/member-source.ts';
import type { ResourceReads } from '../resource-reads.ts';
import type { Model } from './model.ts';
import { getModels, listModels, MAX_BULK_MODELS, MODEL_LISTS, retrieveModel } from './model-calls.ts';

/** What models are read with for longer than one request. */
interface ModelReads {
  readonly models: ResourceReads<Model>;
  readonly lists: ListOptions;
}

/** The models as one request sees them. */
export class ModelsSource extends MemberSource<Model, CollectionId> {
  constructor({ models, lists }: ModelReads, scope: CallScope) {
    super(
      lists,
      {
        typename: 'Model',
        maxIds: MAX_BULK_MODELS,
        getBulk: (ids) => models.bulk(ids, getModels, scope),
        getOne: (id) => models.one(id, retrieveModel(id), scope),
      },
      (collectionId) => ({
        cursorScope: `models ${collectionId}`,
        subject: { typename: 'Collection', id: collectionId },
        parts: MODEL_LISTS.length,
        fetchPage: (part, token, pageSize) =>
          models.page(listModels(collectionId, MODEL_LISTS[part] ?? 'public', token, pageSize), scope),
        // Where the first list has public ones too, they come with the second.
        belongs: ({ privacy }, part) => (privacy === 'public') === (MODEL_LISTS[part] === 'public'),
      }),
    );
  }
}
