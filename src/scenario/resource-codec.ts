import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Failure } from '../http/failure.ts';
import { isRecord } from '../shared/is-record.ts';
import { type Result, succeed } from '../shared/result.ts';
import type { BulkAnswer, Page, Row } from './page.ts';
import type { AnswerKind } from './reader.ts';
import { shapeOf } from './shape-of.ts';
import { malformed } from './wire-types.ts';

/** What a resource looks like on the wire, in memory and in Redis. */
export interface ResourceForm<Wire extends TSchema, Stored extends TSchema, Item extends Row> {
  /** Where an answer has one of them: `collection`. */
  readonly one: string;
  /** Where an answer has several: `collections`. */
  readonly many: string;
  readonly wire: Wire;
  toModel(wire: Static<Wire>): Item;
  /** What the model is, once it was stored as JSON. */
  readonly stored: Stored;
  fromStored(stored: Static<Stored>): Item;
}

/** Reads answers about a resource. What is not known of them is let go. */
export interface ResourceCodec<Item extends Row> {
  readonly one: AnswerKind<Item>;
  readonly page: AnswerKind<Page<Item>>;
  readonly bulk: AnswerKind<BulkAnswer<Item>>;
}

// A longer token would not fit into a cursor.
const MAX_TOKEN_BYTES = 4_096;

/** Reads one item, wherever it stands. */
interface ItemCodec<Item> {
  readonly shape: string;
  decode(value: unknown, place: string): Result<Item, Failure>;
  decodeStored(value: unknown): Item | null;
  isWhole(item: Item): boolean;
}

/** Compiles the checks of a resource. */
export function createResourceCodec<Wire extends TSchema, Stored extends TSchema, Item extends Row>(
  form: ResourceForm<Wire, Stored, Item>,
): ResourceCodec<Item> {
  const { one, many } = form;
  const wire = Compile(form.wire);
  const stored = Compile(form.stored);
  const item: ItemCodec<Item> = {
    shape: shapeOf(form.wire, form.stored),
    decode: (value, place) =>
      wire.Check(value) ? succeed(form.toModel(value)) : malformed(wire.Errors(value), place),
    decodeStored: (value) => (stored.Check(value) ? form.fromStored(value) : null),
    // What could not be read of it is `undefined`.
    isWhole: (model) => !Object.values(model).includes(undefined),
  };
  return {
    one: {
      ...item,
      decode: (body) => (isRecord(body) ? item.decode(body[one], `/${one}`) : malformed([])),
      isFrom: (path, { id }) => path.replace(/\?.*/, '').endsWith(`/${id}`),
    },
    page: pageOf(many, item),
    bulk: bulkOf(many, item),
  };
}

function pageOf<Item extends Row>(many: string, item: ItemCodec<Item>): AnswerKind<Page<Item>> {
  return {
    shape: item.shape,
    decode: (body) => {
      const values = isRecord(body) ? body[many] : null;
      if (!isRecord(body) || !Array.isArray(values)) return malformed([], `/${many}`);
      const token = body['nextPaginationToken'] ?? null;
      if (token !== null && !isToken(token)) return malformed([], '/nextPaginationToken');
      const rows: Item[] = [];
      for (const value of values) {
        const decoded = item.decode(value, `/${many}/${rows.length}`);
        if (!decoded.ok) return decoded;
        rows.push(decoded.value);
      }
      return succeed({ rows, nextToken: token === '' ? null : token });
    },
    decodeStored: (value) => {
      if (!isRecord(value)) return null;
      const { nextToken } = value;
      const rows = decodeStoredRows(value, item);
      return rows && (nextToken === null || (isToken(nextToken) && nextToken !== ''))
        ? { rows, nextToken }
        : null;
    },
    isFrom: () => true,
    isWhole: ({ rows }) => rows.every(item.isWhole),
  };
}

function bulkOf<Item extends Row>(many: string, item: ItemCodec<Item>): AnswerKind<BulkAnswer<Item>> {
  return {
    shape: item.shape,
    decode: (body) => {
      const values = isRecord(body) ? body[many] : null;
      if (!Array.isArray(values)) return malformed([], `/${many}`);
      const rows: Item[] = [];
      const malformedIds: string[] = [];
      let isComplete = true;
      for (const value of values) {
        const decoded = item.decode(value, '');
        if (decoded.ok) rows.push(decoded.value);
        else if (isRecord(value) && typeof value['id'] === 'string') malformedIds.push(value['id']);
        else isComplete = false;
      }
      return succeed({ rows, malformedIds, isComplete });
    },
    decodeStored: (value) => {
      const rows = isRecord(value) ? decodeStoredRows(value, item) : null;
      return rows && { rows, malformedIds: [], isComplete: true };
    },
    isFrom: () => true,
    isWhole: ({ rows, malformedIds, isComplete }) =>
      isComplete && malformedIds.length === 0 && rows.every(item.isWhole),
  };
}

function isToken(value: unknown): value is string {
  return typeof value === 'string' && value.isWellFormed() && Buffer.byteLength(value) <= MAX_TOKEN_BYTES;
}

function decodeStoredRows<Item>(
  { rows }: Readonly<Record<string, unknown>>,
  { decodeStored }: ItemCodec<Item>,
): Item[] | null {
  if (!Array.isArray(rows)) return null;
  const items = rows.map(decodeStored);
  return items.every((item) => item !== null) ? items : null;
}
