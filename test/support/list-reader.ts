import type { Collection } from '../../src/scenario/collections/collection.ts';
import { collectionCodec } from '../../src/scenario/collections/collection-codec.ts';
import { type CursorCodec, createCursorCodecs, ROOT_LIST } from '../../src/scenario/cursor.ts';
import { positionAfter, type WalkedRow, walkList } from '../../src/scenario/list-walk.ts';
import { startOfList } from '../../src/scenario/position.ts';
import type { OffsetList } from './offset-list.ts';
import { wireCollection } from './wire-collection.ts';

/** A slice as the connection would show it. */
export interface ReadSlice {
  readonly ids: readonly string[];
  readonly hasMore: boolean;
  /** Upstream calls that it took. */
  readonly calls: number;
  /** The cursor of the edge at this index. */
  cursorAt(index: number): string;
}

/** Reads slices of a list in memory, through true cursors but without HTTP: for sweeps too wide for sockets. */
export class ListReader {
  readonly list: OffsetList;
  readonly #cursors: CursorCodec = createCursorCodecs('secret', ['collections'])(ROOT_LIST);
  readonly #minPageSize: number;

  /** @param minPageSize smallest page that a list begins with */
  constructor(list: OffsetList, minPageSize = 1) {
    this.list = list;
    this.#minPageSize = minPageSize;
  }

  async read(first: number, after: string | null): Promise<ReadSlice> {
    const start = after === null ? startOfList(first, this.#minPageSize) : this.#cursors.decode(after);
    if (start === null) throw new Error('a cursor of this very list was refused');
    let calls = 0;
    const fetchPage = async (_part: number, token: string | null, pageSize: number) => {
      calls += 1;
      const { ids, nextToken } = this.list.page(token, pageSize);
      return { ok: true, value: { rows: ids.map(rowOf), nextToken: nextToken || null } } as const;
    };
    const { rows, hasMore, failure } = await walkList({ parts: 1, fetchPage }, start, first);
    if (failure !== null) throw new Error('a walk failed without a cause');
    return {
      ids: rows.map(({ item }) => item.id),
      hasMore,
      calls,
      cursorAt: (index) => this.#cursors.encode(positionAfter(at(rows, index))),
    };
  }

  /** The ids of all slices from there to the end, each slice but the last with a cursor that resumes. */
  async readToEnd(first: number, after: string | null): Promise<string[]> {
    const ids: string[] = [];
    for (let cursor = after; ; ) {
      const slice = await this.read(first, cursor);
      ids.push(...slice.ids);
      if (!slice.hasMore) return ids;
      if (ids.length > 10_000 || slice.ids.length === 0) throw new Error('the walk stands still');
      cursor = slice.cursorAt(slice.ids.length - 1);
    }
  }
}

const rows = new Map<string, Collection>();

function rowOf(id: string): Collection {
  const known = rows.get(id);
  if (known) return known;
  const decoded = collectionCodec.one.decode({ collection: wireCollection({ id }) });
  if (!decoded.ok) throw new Error(`${id} is no collection`);
  rows.set(id, decoded.value);
  return decoded.value;
}

function at(walked: readonly WalkedRow<Collection>[], index: number): WalkedRow<Collection> {
  const row = walked[index];
  if (!row) throw new Error(`there is no edge ${index}`);
  return row;
}
