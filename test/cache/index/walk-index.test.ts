import { describe, expect, test } from 'vitest';
import { walkIndex } from '../../../src/cache/index/index-walk.ts';
import type { Patch, TimedPatch } from '../../../src/cache/index/patch.ts';
import { RecordSet } from '../../../src/cache/index/record-set.ts';
import { succeed } from '../../../src/shared/result.ts';
import { scopeOf } from '../../http/calls.ts';
import { fakeClocks, pass, REMOVE, RENAME } from './open-index.ts';
import { type Row, row } from './records.ts';

const WALK_MS = 1_000;

fakeClocks();

/** Walks a list whose walks bring these rows, one after the other. @param meanwhile what a write does during the first */
async function walk(
  pages: readonly (readonly Row[])[],
  previous: readonly Row[] | null,
  meanwhile: Patch<Row>,
) {
  const patches: TimedPatch<Row>[] = [];
  const note = (patch: Patch<Row>): void => {
    const now = performance.now();
    patches.push({ patch, isSettled: true, tookMs: 0, endedAt: now, toldAt: now });
  };
  let walks = 0;
  const began = performance.now();
  const walking = walkIndex<Row, Row>(
    {
      walk: async () => {
        const rows = pages[walks] ?? [];
        walks += 1;
        await pass(WALK_MS / 2);
        if (walks === 1) note(meanwhile);
        await pass(WALK_MS / 2);
        return succeed(rows);
      },
      toEntry: (each) => each,
      patches,
      catchUp: async () => {},
    },
    scopeOf(),
    previous && new RecordSet(previous, null),
  );
  const walked = await walking;
  if (!walked.ok) throw new Error('not walked');
  const { records, times } = walked.value;
  const names = records.map(({ id, name }) => `${id}:${name}`).sort();
  const [beganAt, knownAt, endedAt] = [times.beganAt, times.knownAt, times.endedAt].map((at) => at - began);
  return { walks, names, times: { beganAt, knownAt, endedAt } };
}

const A = row('a');
const B = row('b');
const C = row('c');
const ONCE = { beganAt: 0, knownAt: WALK_MS, endedAt: WALK_MS };
const TWICE = { beganAt: 0, knownAt: 2 * WALK_MS, endedAt: 2 * WALK_MS };

describe('a walk', () => {
  test('shows what was removed meanwhile no more, and is sure where all else is there', async () => {
    expect(await walk([[A, B]], [A, B], REMOVE)).toEqual({ walks: 1, names: ['b:b'], times: ONCE });
  });

  test('shows what was changed meanwhile', async () => {
    expect(await walk([[A, B]], [A, B], RENAME)).toMatchObject({ walks: 1, names: ['a:a', 'b:renamed'] });
  });

  test('is walked twice where a write may have moved a row past it, and has what either has brought', async () => {
    expect(await walk([[A], [A, C]], [A, B, C], RENAME)).toEqual({
      walks: 2,
      names: ['a:a', 'b:renamed', 'c:c'],
      times: TWICE,
    });
    expect(await walk([[B], [C]], null, REMOVE)).toEqual({ walks: 2, names: ['b:b', 'c:c'], times: TWICE });
  });

  test('is walked once where what was written moves no row', async () => {
    expect(await walk([[A]], null, { kind: 'added', item: C })).toMatchObject({
      walks: 1,
      names: ['a:a', 'c:c'],
    });
  });
});

test('what was written before a walk began is in what it brings', async () => {
  const now = performance.now();
  const earlier = { patch: REMOVE, isSettled: true, tookMs: 0, endedAt: now - 1, toldAt: now - 1 };
  let walks = 0;
  const walked = await walkIndex<Row, Row>(
    {
      walk: async () => {
        walks += 1;
        return succeed([A, B]);
      },
      toEntry: (each) => each,
      patches: [earlier],
      catchUp: async () => {},
    },
    scopeOf(),
    null,
  );
  expect(walked.ok && walked.value.records.size).toBe(2);
  expect(walks).toBe(1);
});
