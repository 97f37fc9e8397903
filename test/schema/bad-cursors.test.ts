import { describe, expect, onTestFinished, test } from 'vitest';
import { dig } from '../support/dig.ts';
import { codesOf, openFrontDoor } from '../support/front-door.ts';
import { startGateway } from '../support/gateway.ts';
import { json } from '../support/scripted-upstream.ts';
import { wireCollection } from '../support/wire-collection.ts';

const LIST = `query ($first: Int! = 2, $after: String) {
  collections(first: $first, after: $after) { edges { cursor } pageInfo { hasNextPage hasPreviousPage } } }`;
const page = json({
  collections: ['a', 'b'].map((id) => wireCollection({ id })),
  nextPaginationToken: '+/token==',
});

/** Two cursors of one page: inside it, and at its edge. */
async function cursors(env: Record<string, string> = {}): Promise<string[]> {
  const { query } = await openFrontDoor(() => page, env);
  const edges = dig((await query(LIST)).body.data, 'collections', 'edges');
  if (!Array.isArray(edges)) throw new Error('no edges');
  return edges.map((edge) => String(dig(edge, 'cursor')));
}

const REFUSED = { status: 200, data: null, codes: ['BAD_USER_INPUT'], wire: [] };

async function ask(variables: object, env: Record<string, string> = {}) {
  const { query, wire } = await openFrontDoor(() => page, env);
  const answer = await query(LIST, variables);
  expect(answer.text.length).toBeLessThan(1_000);
  return { status: answer.status, data: answer.body.data, codes: codesOf(answer), wire: wire() };
}

describe('a cursor', () => {
  test('of the same list works, on any replica', async () => {
    for (const after of await cursors()) {
      const { query, upstream } = await openFrontDoor(() => page);
      expect((await query(LIST, { after })).body.errors).toBeUndefined();
      expect(upstream.requests.length).toBeGreaterThan(0);
    }
  });

  test('is opaque: it shows neither the token of the upstream nor an id', async () => {
    for (const cursor of await cursors()) {
      expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
      expect(cursor).not.toContain('token');
    }
  });

  test('that lost its tail, its head or its middle is refused', async () => {
    const [inside = '', edge = ''] = await cursors();
    for (const cursor of [inside, edge]) {
      expect(await ask({ after: cursor.slice(0, -1) })).toEqual(REFUSED);
      expect(await ask({ after: cursor.slice(0, 10) })).toEqual(REFUSED);
      expect(await ask({ after: cursor.slice(4) })).toEqual(REFUSED);
      expect(await ask({ after: cursor.slice(0, 8) + cursor.slice(12) })).toEqual(REFUSED);
    }
  });

  test('that was altered in any one place is refused', async () => {
    const { query, wire } = await openFrontDoor(() => page);
    for (const cursor of await cursors()) {
      for (let index = 0; index < cursor.length; index += 1) {
        const other = cursor[index] === 'A' ? 'B' : 'A';
        const after = cursor.slice(0, index) + other + cursor.slice(index + 1);
        const { body } = await query(LIST, { after });
        expect(body.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
      }
    }
    expect(wire()).toEqual([]);
  });

  test.each([
    ['nothing', ''],
    ['a blank', ' '],
    ['a token of the upstream', '+/token=='],
    ['a number', '10'],
    ['words', 'not a cursor'],
    ['control characters', 'a\r\nb\u0000'],
    ['something huge', 'A'.repeat(50_000)],
  ])('of %s is refused', async (_what, after) => {
    expect(await ask({ after })).toEqual(REFUSED);
  });

  test('with something added is refused', async () => {
    for (const cursor of await cursors()) {
      for (const after of [`${cursor}A`, `${cursor}=`, ` ${cursor}`, `${cursor}\n`, `A${cursor}`]) {
        expect(await ask({ after })).toEqual(REFUSED);
      }
    }
  });

  test('of another credential or another project is refused', async () => {
    for (const env of [
      { SCENARIO_SDK_API_SECRET: 'other' },
      { SCENARIO_SDK_API_KEY: 'other' },
      { SCENARIO_PROJECT_ID: 'p' },
    ]) {
      for (const after of await cursors(env)) expect(await ask({ after })).toEqual(REFUSED);
      for (const after of await cursors()) expect(await ask({ after }, env)).toEqual(REFUSED);
    }
  });

  test('outlives the process that made it', async () => {
    const { upstream, gateway } = await openFrontDoor(() => page);
    const after = dig((await gateway.query(LIST)).body.data, 'collections', 'edges', 0, 'cursor');
    const next = await startGateway(upstream.url);
    onTestFinished(next.end);
    expect((await next.query(LIST, { after })).body.errors).toBeUndefined();
  });
});

describe('first', () => {
  test.each([[-1], [-2_147_483_648], [501], [2_147_483_647]])('of %i is refused', async (first) => {
    expect(await ask({ first })).toEqual(REFUSED);
  });

  test('beyond the limit that the operator set is refused', async () => {
    expect(await ask({ first: 8 }, { MAX_PAGE_WALK: '7' })).toEqual(REFUSED);
  });

  test('is refused with its cursor as well', async () => {
    expect(await ask({ first: -1, after: (await cursors())[0] })).toEqual(REFUSED);
  });

  test.each([['2147483648'], ['-2147483649'], ['1.5'], ['"3"'], ['null'], ['[1]']])(
    'written as %s is no GraphQL of this schema',
    async (literal) => {
      const { query, wire } = await openFrontDoor(() => page);
      const answer = await query(`{ collections(first: ${literal}) { nodes { id } } }`);
      expect(answer.status).toBe(400);
      expect(answer.body).not.toHaveProperty('data');
      expect(answer.body.errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
      expect(wire()).toEqual([]);
    },
  );

  test.each([[2_147_483_648], [1.5], ['3'], [null], [{}]])(
    'given as %j is refused before it executes',
    async (first) => {
      const { query, wire } = await openFrontDoor(() => page);
      const answer = await query(LIST, { first });
      expect(answer.status).toBe(400);
      expect(answer.body).not.toHaveProperty('data');
      expect(answer.body.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
      expect(wire()).toEqual([]);
    },
  );
});
