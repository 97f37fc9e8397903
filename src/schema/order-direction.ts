import { builder } from './builder.ts';

/** Which end of an order comes first. */
export const OrderDirection = builder.enumType('OrderDirection', {
  description: 'The direction of an order.',
  values: {
    ASC: { description: 'Ascending: the smallest or the oldest first.' },
    DESC: { description: 'Descending: the largest or the newest first.' },
  },
});
