import type { Collection } from '../scenario/collections/collection.ts';
import { idArgument } from './arguments.ts';
import { builder } from './builder.ts';
import { encodeGlobalId } from './global-id.ts';
import { readsObject } from './planned-calls.ts';
import { showing } from './shown.ts';
import { ThumbnailType } from './thumbnail.ts';

export const CollectionType = builder.objectRef<Collection>('Collection').implement({
  description: 'A collection of AI assets and models.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.id({
      description: 'Global id: opaque, stable, unique among all types.',
      resolve: ({ id }) => encodeGlobalId('Collection', id),
    }),
    scenarioId: t.exposeID('id', { description: 'The id as the Scenario API knows it.' }),
    name: t.exposeString('name', { description: 'Its name.' }),
    ownerId: t.exposeID('ownerId', { description: 'The Scenario team or project that owns it.' }),
    assetCount: t.exposeInt('assetCount', { description: 'How many assets it holds.' }),
    modelCount: t.exposeInt('modelCount', { description: 'How many models it holds.' }),
    itemCount: t.exposeInt('itemCount', {
      description: 'How many items it holds in all, as the Scenario API counts.',
    }),
    thumbnail: t.field({
      type: ThumbnailType,
      ...showing('thumbnail', 'Its cover picture; null when none was chosen.'),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was created.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it was last changed.' }),
  }),
});

builder.queryField('collection', (t) =>
  t.field({
    type: CollectionType,
    nullable: true,
    description: 'One collection; null when it does not exist.',
    extensions: readsObject(
      () => ({ calls: 1 }),
      ({ id }) => ({ typename: 'Collection', id: idArgument('Collection', String(id), ['id']) }),
    ),
    args: { id: t.arg.id({ required: true, description: 'Its global id or its Scenario id.' }) },
    resolve: (_query, { id }, { collections }) => collections.load(idArgument('Collection', id, ['id'])),
  }),
);
