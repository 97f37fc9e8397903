import type { Sightings } from '../cache/sightings.ts';
import type { Call, CallScope } from '../http/call.ts';
import type { Failure } from '../http/failure.ts';
import { type Result, succeed } from '../shared/result.ts';
import type { Bulk, Row } from './page.ts';
import type { Reader } from './reader.ts';

/** Bulk reads of one resource, for all requests together: what was seen lately is not asked for again. */
export class BulkReader<Item extends Row> {
  readonly #reader: Reader<Bulk<Item>>;
  readonly #sightings: Sightings<Item>;
  readonly #toCall: (ids: ReadonlyArray<Item['id']>) => Call;

  constructor(
    reader: Reader<Bulk<Item>>,
    sightings: Sightings<Item>,
    toCall: (ids: ReadonlyArray<Item['id']>) => Call,
  ) {
    this.#reader = reader;
    this.#sightings = sightings;
    this.#toCall = toCall;
  }

  async read(ids: ReadonlyArray<Item['id']>, scope: CallScope): Promise<Result<Bulk<Item>, Failure>> {
    const seen = await this.#sightings.fresh(ids, scope);
    const unseen = ids.filter((id) => !seen.has(id));
    const rows = [...seen.values()];
    if (unseen.length === 0) return succeed({ rows, malformedIds: [] });
    const read = await this.#reader.read(this.#toCall(unseen), scope);
    if (read.ok) {
      this.#sightings.keepOnly(read.value.rows, unseen);
      return succeed({ ...read.value, rows: [...rows, ...read.value.rows] });
    }
    const stale = await this.#sightings.insteadOf(read.failure, unseen, scope);
    return stale ? succeed({ rows: [...rows, ...stale], malformedIds: [] }) : read;
  }

  /** As `read`, whatever is in flight or was kept: it tells what became of a write. */
  readFresh(ids: ReadonlyArray<Item['id']>, scope: CallScope): Promise<Result<Bulk<Item>, Failure>> {
    return this.#reader.readFresh(this.#toCall(ids), scope);
  }
}
