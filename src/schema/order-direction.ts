import { builder } from './builder.ts';

/** Which end of an order comes first. */
export const OrderDirection = builder.enumType('OrderDirection', {
  description: 'Which end of an order comes first.',
  values: {
    ASC: { description: 'The least, or the oldest.' },
    DESC: { description: 'The greatest, or the newest.' },
  },
});
