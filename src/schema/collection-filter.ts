import type { CollectionOrderField as Field } from '../scenario/collections/collection-order.ts';
import { builder } from './builder.ts';
import { OrderDirection } from './order-direction.ts';

const DateTimeRange = builder.inputType('DateTimeRange', {
  description: 'A span of time. Neither end belongs to it; one that is left out is open.',
  fields: (t) => ({
    after: t.field({ type: 'DateTime', description: 'Only what is later.' }),
    before: t.field({ type: 'DateTime', description: 'Only what is earlier.' }),
  }),
});

export const CollectionFilterInput = builder.inputType('CollectionFilter', {
  description: 'Which collections to give: those that everything holds for which is given here.',
  fields: (t) => ({
    name: t.string({
      description:
        'Only those whose name contains each of these words, whatever the case and the accents. At most 200 characters.',
    }),
    isEmpty: t.boolean({ description: 'Only those that hold no items, or only those that hold some.' }),
    createdAt: t.field({ type: DateTimeRange, description: 'Only those that were made then.' }),
    updatedAt: t.field({ type: DateTimeRange, description: 'Only those that were last changed then.' }),
  }),
});

const FIELDS: Readonly<Record<Field, { readonly description: string }>> = {
  NAME: { description: 'By name, as people sort: numbers by their value, accents and case last.' },
  CREATED_AT: { description: 'By when they were made.' },
  UPDATED_AT: { description: 'By when they were last changed.' },
  ITEM_COUNT: { description: 'By how many items they hold.' },
};

const CollectionOrderField = builder.enumType('CollectionOrderField', {
  description: 'What collections are sorted by. Ties are broken by id.',
  values: FIELDS,
});

export const CollectionOrderInput = builder.inputType('CollectionOrder', {
  description: 'How to sort collections.',
  fields: (t) => ({
    field: t.field({ type: CollectionOrderField, required: true, description: 'What to sort by.' }),
    direction: t.field({ type: OrderDirection, required: true, description: 'Which end comes first.' }),
  }),
});
