import { describe, expect, test } from 'vitest';
import type { Failure } from '../../../src/http/failure.ts';
import { type Member, type MemberReads, readMembers } from '../../../src/scenario/membership/read-members.ts';
import { type CollectionId, isScenarioId } from '../../../src/shared/brands.ts';
import { fail, succeed } from '../../../src/shared/result.ts';
import { scopeOf } from '../../http/calls.ts';
import { status } from '../../http/open-calls.ts';

const DOWN: Failure = { kind: 'unreachable', errorCode: 'ECONNREFUSED' };

function idOf(text: string): CollectionId {
  if (!isScenarioId<'Collection'>(text)) throw new Error(`"${text}" is no id.`);
  return text;
}

/** Members, some of which the bulk read gives in part, and those that a read of their own brings. */
interface Shelf {
  readonly rows?: readonly Member[];
  readonly malformedIds?: readonly string[];
  readonly alone?: Readonly<Record<string, Member | Failure>> | null;
  readonly failure?: Failure;
}

async function read(ids: readonly string[], shelf: Shelf, limit = Number.POSITIVE_INFINITY, made = 0) {
  const { rows = [], malformedIds = [], alone = {}, failure } = shelf;
  const asked: string[][] = [];
  const askedAlone: string[] = [];
  const reads: MemberReads<Member> = {
    typename: 'Model',
    maxIds: 2,
    getBulk: async (batch) => {
      asked.push([...batch]);
      if (failure && asked.length === 2) return fail(failure);
      const has = (id: string) => batch.includes(id);
      return succeed({ rows: rows.filter(({ id }) => has(id)), malformedIds: malformedIds.filter(has) });
    },
    getOne:
      alone &&
      (async (id) => {
        askedAlone.push(id);
        const one = alone[id] ?? DOWN;
        return 'kind' in one ? fail(one) : succeed(one);
      }),
  };
  const scope = { ...scopeOf(), calls: { made, limit } };
  const states = await readMembers(reads, idOf('col_1'), ids, scope);
  return { states: states.ok ? Object.fromEntries(states.value) : states.failure, asked, askedAlone };
}

const member = (id: string, ...collectionIds: string[]): Member => ({ id, collectionIds });

describe('where members stand', () => {
  test('is read in batches: in the collection, outside of it, or nowhere', async () => {
    const rows = [member('a', 'col_0', 'col_1'), member('b', 'col_2')];
    expect(await read(['a', 'b', 'c'], { rows })).toEqual({
      states: { a: 'in', b: 'out', c: 'missing' },
      asked: [['a', 'b'], ['c']],
      askedAlone: [],
    });
  });

  test('is unknown where one of the batches fails', async () => {
    expect((await read(['a', 'b', 'c'], { rows: [member('a')], failure: DOWN })).states).toEqual(DOWN);
  });

  test('is read one by one of those that a batch gives only in part', async () => {
    const alone = { a: member('a', 'col_1'), b: status(404), c: DOWN };
    const { states, askedAlone } = await read(['a', 'b', 'c'], { malformedIds: ['a', 'b', 'c'], alone });
    expect([states, askedAlone]).toEqual([{ a: 'in', b: 'missing' }, ['a', 'b', 'c']]);
  });

  test('stays unknown of these where a read of their own brings nothing more', async () => {
    const rows = [member('b')];
    expect((await read(['a', 'b'], { rows, malformedIds: ['a'], alone: null })).states).toEqual({ b: 'out' });
  });

  test.each([
    [6, 2, ['a', 'b']],
    [7, 2, ['a', 'b']],
    [2, 3, []],
  ])(
    'is read one by one with half of the calls that are left: of %i, %i are made',
    async (limit, made, asked) => {
      const malformedIds = ['a', 'b', 'c'];
      expect((await read(malformedIds, { malformedIds }, limit, made)).askedAlone).toEqual(asked);
    },
  );
});
