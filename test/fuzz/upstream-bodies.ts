import * as fc from 'fast-check';
import { wireCollection } from '../support/wire-collection.ts';

/** Text of arrays or objects that nest this deep. */
export function nested(levels: number, shape: 'array' | 'object'): string {
  const [open, close] = shape === 'array' ? ['[', ']'] : ['{"a":', '}'];
  return `${open.repeat(levels)}1${close.repeat(levels)}`;
}

// Stands in a value for a text that is too deep to be made of objects.
const DEEP = '\u0001deep';
const deep = fc
  .tuple(fc.integer({ min: 1, max: 45_000 }), fc.constantFrom('array' as const, 'object' as const))
  .map(([levels, shape]) => nested(levels, shape));

const odd = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(DEEP, null, '', 0, -0, 1e308, 2 ** 31, -(2 ** 31), 0.5, [], {}, '__proto__', '\ud800'),
  fc.string({ unit: 'binary', maxLength: 300 }),
);
const field = fc.oneof(
  fc.constantFrom(...Object.keys(wireCollection()), '__proto__', 'constructor', 'toJSON', 'unknown'),
  fc.string(),
);

/** A collection of which some fields are odd, missing or not known. */
const oddCollection = fc
  .tuple(fc.array(fc.tuple(field, odd), { maxLength: 3 }), fc.array(field, { maxLength: 1 }))
  .map(([changes, dropped]) => {
    const entries = [...Object.entries(wireCollection()), ...changes];
    return Object.fromEntries(entries.filter(([name]) => !dropped.includes(name)));
  });
const collection = fc.oneof(fc.constant(wireCollection()), oddCollection);

const page = fc.record(
  {
    collections: fc.oneof(fc.array(collection, { maxLength: 4 }), odd),
    nextPaginationToken: fc.oneof(fc.constant(undefined), odd),
    extra: odd,
  },
  { requiredKeys: ['collections'] },
);
const envelope = fc.oneof(
  { weight: 3, arbitrary: page },
  { weight: 3, arbitrary: fc.record({ collection: fc.oneof(collection, odd), extra: odd }) },
  { weight: 1, arbitrary: fc.record({ collection, collections: fc.array(collection, { maxLength: 2 }) }) },
  { weight: 1, arbitrary: odd },
);

const cut = fc.tuple(fc.nat(2_000), fc.string({ maxLength: 3 }));
const damages = fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: cut });

/** A body that an upstream may come up with: mostly JSON that is nearly right, sometimes cut or with bytes in it. */
export const upstreamBodies = fc.tuple(envelope, deep, damages).map(([value, deepText, damage]) => {
  const text = JSON.stringify(value).replaceAll(JSON.stringify(DEEP), deepText);
  return damage ? text.slice(0, damage[0]) + damage[1] : text;
});
