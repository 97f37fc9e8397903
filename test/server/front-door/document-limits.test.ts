import { describe, expect, it } from 'vitest';
import { codesOf, everyCollection, globalId, openFrontDoor } from '../../support/front-door.ts';

const list = (count: number, part: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => part(index)).join(' ');
const inside = (selection: string) => `{ collection(id: "c") { ${selection} } }`;
const typename = (index: number) => `a${index}: __typename`;

interface Limit {
  readonly what: string;
  readonly env: Record<string, string>;
  /** A document that has exactly so much of it. */
  readonly make: (count: number) => string;
  readonly most: number;
}

const LIMITS: readonly Limit[] = [
  { what: 'bytes', env: {}, most: 8_192, make: (count) => '{ __typename }'.padEnd(count) },
  {
    what: 'bytes, not characters',
    env: {},
    most: 8_192,
    make: (count) => `{ __typename }${count % 2 ? ' ' : ''}##${'é'.repeat(Math.floor(count / 2) - 8)}`,
  },
  { what: 'tokens', env: {}, most: 1_000, make: (count) => inside(list(count - 10, () => 'id')) },
  {
    what: 'levels',
    env: {},
    most: 10,
    make: (count) => `{ ${'__schema { '.repeat(0)}${'a { '.repeat(count - 1)}a${' }'.repeat(count - 1)} }`,
  },
  {
    what: 'levels through a fragment',
    env: { MAX_QUERY_DEPTH: '3' },
    most: 3,
    make: (count) => `{ ...F } fragment F on Query { ${'a { '.repeat(count - 1)}a${' }'.repeat(count - 1)} }`,
  },
  { what: 'aliases', env: {}, most: 30, make: (count) => inside(list(count, typename)) },
  {
    what: 'aliases through a fragment that is spread twice',
    env: { MAX_QUERY_ALIASES: '2' },
    most: 2,
    make: (count) =>
      `{ x: collection(id: "c") { ...F } ${list(count - 1, () => '...G')} } fragment F on Collection { id } fragment G on Query { y: __typename }`,
  },
  { what: 'root fields', env: {}, most: 20, make: (count) => `{ ${list(count, typename)} }` },
  {
    what: 'root fields through a fragment that is spread twice',
    env: { MAX_ROOT_FIELDS: '4' },
    most: 4,
    make: (count) =>
      `{ ...F ...F ${list(count - 4, typename)} } fragment F on Query { b: __typename c: __typename }`,
  },
  {
    what: 'directives',
    env: {},
    most: 50,
    make: (count) => inside(list(count, (index) => `... @skip(if: ${index % 2 ? 'true' : 'false'}) { id }`)),
  },
  {
    what: 'directives of the operation and of fragments',
    env: {},
    most: 50,
    make: (count) =>
      `query ${list(25, () => '@a')} { ...F } fragment F on Query { __typename ${list(count - 25, () => '@a')} }`,
  },
  {
    what: 'fields through fragments that fan out',
    env: {},
    most: 2_000,
    make: (count) =>
      `${inside(`...A ${list(count - 1_801, () => 'id')}`)} fragment A on Collection { ${list(30, () => '...B')} } fragment B on Collection { ${list(60, () => 'id')} }`,
  },
];

describe.each(['true', 'false'])('with FAST_PATH=%s, an operation', (FAST_PATH) => {
  it.each(LIMITS)('may have $most $what, and not one more', async ({ env, make, most }) => {
    const { query, wire } = await openFrontDoor(everyCollection, { FAST_PATH, ...env });
    expect(codesOf(await query(make(most)))).not.toContain('LIMIT_EXCEEDED');
    const before = wire().length;
    const answer = await query(make(most + 1));
    expect([answer.status, codesOf(answer)]).toEqual([400, ['LIMIT_EXCEEDED']]);
    expect([answer.text.length < 400, wire().length]).toEqual([true, before]);
  });

  it('is valid however often it repeats a field', async () => {
    const { query } = await openFrontDoor(everyCollection, { FAST_PATH });
    const answer = await query(inside(list(990, () => 'id')));
    expect([answer.status, answer.body]).toEqual([200, { data: { collection: { id: globalId('c') } } }]);
    const refused = await query(inside(list(900, () => 'idd')));
    expect(codesOf(refused)).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  });

  it('is refused for its size also by a client that takes application/json alone, and by GET', async () => {
    const { query, gateway } = await openFrontDoor(everyCollection, { FAST_PATH });
    const text = `{ ${list(21, typename)} }`;
    const answer = await query(text, {}, { headers: { accept: 'application/json' } });
    expect([answer.status, codesOf(answer)]).toEqual([400, ['LIMIT_EXCEEDED']]);
    const { status } = await fetch(`${gateway.url}?${new URLSearchParams({ query: text })}`);
    expect(status).toBe(400);
  });
});
