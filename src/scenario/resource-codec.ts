import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { ReadKind } from '../cache/read-kind.ts';
import type { Failure } from '../http/failure.ts';
import { isRecord } from '../shared/is-record.ts';
import { type Result, succeed } from '../shared/result.ts';
import type { Bulk, Page, Row } from './page.ts';
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
  /** Whether every part of it could be read. */
  isWhole(item: Item): boolean;
}

/** Reads answers about a resource. What is not known of them is let go. */
export interface ResourceCodec<Item extends Row> {
  decodeOne(body: unknown): Result<Item, Failure>;
  decodePage(body: unknown): Result<Page<Item>, Failure>;
  decodeBulk(body: unknown): Result<Bulk<Item>, Failure>;
  /** How single ones are kept. */
  readonly oneRead: ReadKind<Item>;
  /** How pages are kept. */
  readonly pageRead: ReadKind<Page<Item>>;
  /** How the answers of bulk reads are kept. */
  readonly bulkRead: ReadKind<Bulk<Item>>;
}

// A longer token would not fit into a cursor.
const MAX_TOKEN_BYTES = 4_096;

/** Compiles the checks of a resource. */
export function createResourceCodec<Wire extends TSchema, Stored extends TSchema, Item extends Row>(
  form: ResourceForm<Wire, Stored, Item>,
): ResourceCodec<Item> {
  const { one, many, isWhole } = form;
  const wire = Compile(form.wire);
  const stored = Compile(form.stored);
  const decode = (value: unknown, place: string): Result<Item, Failure> =>
    wire.Check(value) ? succeed(form.toModel(value)) : malformed(wire.Errors(value), place);
  const decodeAll = (values: readonly unknown[]): Result<Item[], Failure> => {
    const rows: Item[] = [];
    for (const value of values) {
      const decoded = decode(value, `/${many}/${rows.length}`);
      if (!decoded.ok) return decoded;
      rows.push(decoded.value);
    }
    return succeed(rows);
  };
  const decodeStored = (value: unknown): Item | null => (stored.Check(value) ? form.fromStored(value) : null);
  const shape = shapeOf(form.wire, form.stored);
  return {
    decodeOne: (body) => (isRecord(body) ? decode(body[one], `/${one}`) : malformed([])),
    decodePage: (body) => decodePage(body, many, decodeAll),
    decodeBulk: (body) => {
      const values = isRecord(body) ? body[many] : null;
      return Array.isArray(values) ? succeed(toBulk(values, decode)) : malformed([], `/${many}`);
    },
    oneRead: { shape, decodeStored, isFrom: isPathOf, isWhole },
    pageRead: {
      shape,
      decodeStored: (value) => decodeStoredPage(value, decodeStored),
      isFrom: () => true,
      isWhole: ({ rows }) => rows.every(isWhole),
    },
    bulkRead: bulkReadOf(shape, decodeStored, isWhole),
  };
}

function bulkReadOf<Item extends Row>(
  shape: string,
  decodeStored: (value: unknown) => Item | null,
  isWhole: (item: Item) => boolean,
): ReadKind<Bulk<Item>> {
  return {
    shape,
    decodeStored: (value) => {
      const page = isRecord(value) ? decodeStoredPage({ ...value, nextToken: null }, decodeStored) : null;
      return page && { rows: page.rows, malformedIds: [] };
    },
    isFrom: () => true,
    isWhole: ({ rows, malformedIds }) => malformedIds.length === 0 && rows.every(isWhole),
  };
}

function isPathOf(path: string, { id }: Row): boolean {
  return path.replace(/\?.*/, '').endsWith(`/${id}`);
}

function decodePage<Item extends Row>(
  body: unknown,
  many: string,
  decodeAll: (values: readonly unknown[]) => Result<Item[], Failure>,
): Result<Page<Item>, Failure> {
  const values = isRecord(body) ? body[many] : null;
  if (!isRecord(body) || !Array.isArray(values)) return malformed([], `/${many}`);
  const token = body['nextPaginationToken'] ?? null;
  if (token !== null && !isToken(token)) return malformed([], '/nextPaginationToken');
  const rows = decodeAll(values);
  return rows.ok ? succeed({ rows: rows.value, nextToken: token === '' ? null : token }) : rows;
}

function isToken(value: unknown): value is string {
  return typeof value === 'string' && value.isWellFormed() && Buffer.byteLength(value) <= MAX_TOKEN_BYTES;
}

function toBulk<Item extends Row>(
  values: readonly unknown[],
  decode: (value: unknown, place: string) => Result<Item, Failure>,
): Bulk<Item> {
  const rows: Item[] = [];
  const malformedIds: string[] = [];
  for (const value of values) {
    const decoded = decode(value, '');
    if (decoded.ok) rows.push(decoded.value);
    else if (isRecord(value) && typeof value['id'] === 'string') malformedIds.push(value['id']);
  }
  return { rows, malformedIds };
}

function decodeStoredPage<Item extends Row>(
  value: unknown,
  decodeStored: (value: unknown) => Item | null,
): Page<Item> | null {
  if (!isRecord(value)) return null;
  const { rows, nextToken } = value;
  if (!Array.isArray(rows) || !(nextToken === null || (isToken(nextToken) && nextToken !== ''))) return null;
  const items = rows.map(decodeStored);
  return items.every((item) => item !== null) ? { rows: items, nextToken } : null;
}
