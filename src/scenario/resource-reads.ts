import { Sightings } from '../cache/sightings.ts';
import type { Call, CallScope } from '../http/call.ts';
import type { Failure } from '../http/failure.ts';
import { type Result, succeed } from '../shared/result.ts';
import type { Bulk, BulkAnswer, Page, Row } from './page.ts';
import { Reader, type ReadWay } from './reader.ts';
import type { ResourceCodec } from './resource-codec.ts';

/**
 * The reads of one resource, for all requests together: equal ones in flight are one call, and what was seen lately, by
 * itself or among others, is not asked for again. The `fresh` ones ask whatever was seen: they tell what became of a write.
 */
export class ResourceReads<Item extends Row> {
  readonly #seen: Sightings<Item>;
  readonly #ones: Reader<Item>;
  readonly #pages: Reader<Page<Item>>;
  readonly #bulks: Reader<BulkAnswer<Item>>;

  constructor(way: ReadWay, { one, page, bulk }: ResourceCodec<Item>) {
    this.#seen = new Sightings(way.memory, one.isWhole);
    this.#ones = new Reader(way, one);
    this.#pages = new Reader(way, page, this.#seen);
    this.#bulks = new Reader(way, bulk, this.#seen);
  }

  page(call: Call, scope: CallScope): Promise<Result<Page<Item>, Failure>> {
    return this.#pages.read(call, scope);
  }

  /** @param call reads the object with this id */
  one(id: Item['id'], call: Call, scope: CallScope): Promise<Result<Item, Failure>> {
    return this.#ones.read(call, scope, this.#seen.of(id));
  }

  freshOne(call: Call, scope: CallScope): Promise<Result<Item, Failure>> {
    return this.#ones.readFresh(call, scope);
  }

  /** @param toCall writes the call for those of the ids that have to be asked for */
  async bulk(
    ids: ReadonlyArray<Item['id']>,
    toCall: (ids: ReadonlyArray<Item['id']>) => Call,
    scope: CallScope,
  ): Promise<Result<Bulk<Item>, Failure>> {
    const seen = await this.#seen.fresh(ids, scope);
    const unseen = ids.filter((id) => !seen.has(id));
    const rows = [...seen.values()];
    if (unseen.length === 0) return succeed({ rows, malformedIds: [] });
    const read = await this.#bulks.read(toCall(unseen), scope);
    if (read.ok) {
      this.#seen.keepOnly(read.value.rows, unseen);
      const { malformedIds, rows: others } = toBulk(read.value, unseen);
      return succeed({ rows: [...rows, ...others], malformedIds });
    }
    const stale = await this.#seen.insteadOf(read.failure, unseen, scope);
    return stale ? succeed({ rows: [...rows, ...stale], malformedIds: [] }) : read;
  }

  async freshBulk(
    ids: ReadonlyArray<Item['id']>,
    toCall: (ids: ReadonlyArray<Item['id']>) => Call,
    scope: CallScope,
  ): Promise<Result<Bulk<Item>, Failure>> {
    const read = await this.#bulks.readFresh(toCall(ids), scope);
    return read.ok ? succeed(toBulk(read.value, ids)) : read;
  }
}

function toBulk<Item extends Row>(answer: BulkAnswer<Item>, asked: ReadonlyArray<Item['id']>): Bulk<Item> {
  if (answer.isComplete) return answer;
  const there = new Set(answer.rows.map(({ id }) => id));
  return { rows: answer.rows, malformedIds: asked.filter((id) => !there.has(id)) };
}
