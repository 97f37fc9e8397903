import type { CollectionOrderField as Field } from '../scenario/collections/collection-order.ts';
import { builder } from './builder.ts';
import { OrderDirection } from './order-direction.ts';

const DateTimeRange = builder.inputType('DateTimeRange', {
  description: 'A span of time, without its two ends. An end that is left out is open.',
  fields: (t) => ({
    after: t.field({ type: 'DateTime', description: 'Only later times.' }),
    before: t.field({ type: 'DateTime', description: 'Only earlier times.' }),
  }),
});

export const CollectionFilterInput = builder.inputType('CollectionFilter', {
  description: 'Filters collections: each condition that is given must hold.',
  fields: (t) => ({
    name: t.string({
      description:
        'Only collections whose name contains each of these words, whatever the case and the accents. At most 200 characters.',
    }),
    isEmpty: t.boolean({ description: 'Only collections without items, or only those with some.' }),
    createdAt: t.field({
      type: DateTimeRange,
      description: 'Only collections that were created in this span of time.',
    }),
    updatedAt: t.field({
      type: DateTimeRange,
      description: 'Only collections whose last change lies in this span of time.',
    }),
  }),
});

const FIELDS: Readonly<Record<Field, { readonly description: string }>> = {
  NAME: { description: 'By name, as people sort: numbers by their value, accents and case last.' },
  CREATED_AT: { description: 'By the time of creation.' },
  UPDATED_AT: { description: 'By the time of the last change.' },
  ITEM_COUNT: { description: 'By the number of items.' },
};

const CollectionOrderField = builder.enumType('CollectionOrderField', {
  description: 'What collections are sorted by. Ties are broken by id.',
  values: FIELDS,
});

export const CollectionOrderInput = builder.inputType('CollectionOrder', {
  description: 'How to sort collections.',
  fields: (t) => ({
    field: t.field({ type: CollectionOrderField, required: true, description: 'What to sort by.' }),
    direction: t.field({ type: OrderDirection, required: true, description: 'The direction.' }),
  }),
});
