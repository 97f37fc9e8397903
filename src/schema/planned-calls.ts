import { peekCursor } from '../scenario/cursor.ts';
import { MAX_IDS_PER_CALL } from '../scenario/membership/bulk-edit.ts';
import { plannedPages } from '../scenario/position.ts';
import type { NodeId } from './arguments.ts';
import type { GraphQLContext } from './context.ts';

/** The largest lists that arguments may ask for. */
export interface InputLimits {
  readonly maxPageWalk: number;
  readonly maxBulkIds: number;
}

/** Ids that are read together with those of other fields, over all objects of the operation. */
export interface BatchedIds {
  readonly endpoint: string;
  /** Most ids that one call takes. */
  readonly maxIds: number;
  /** The ids, or how many there are at most for each object that the field belongs to. */
  readonly ids: readonly string[] | number;
}

/** What one field costs for its arguments, when nothing fails. */
export interface FieldCost {
  /** Upstream calls for each object that the field belongs to. */
  readonly calls?: number;
  readonly batches?: readonly BatchedIds[];
  /** How many objects it answers with at most, in all or by the name of their type; 1 without. */
  readonly rows?: number | Readonly<Record<string, number>>;
}

export type Arguments = Readonly<Record<string, unknown>>;

/** How a field that makes upstream calls, or whose rows may have such fields, tells of it. */
export interface UpstreamExtension {
  /** Whether whoever executes the field has to wait. */
  readonly waits: boolean;
  cost(args: Arguments, limits: InputLimits): FieldCost;
  /** The object that the field reads. @throws for arguments that it refuses */
  names?(args: Arguments): NodeId;
  /**
   * Starts what the field reads while nothing but the id of its parent is known. Whoever asks for the field afterwards finds
   * it under way; where there is no such parent, nobody does.
   */
  readAhead?(parent: NodeId, args: Arguments, context: GraphQLContext): void;
}

declare module 'graphql' {
  interface GraphQLFieldExtensions<_TSource, _TContext, _TArgs> {
    upstream?: UpstreamExtension;
  }
}

type Extensions = { readonly upstream: UpstreamExtension };

/** A field that makes upstream calls. @param cost for its arguments; nothing for those that the field refuses */
export function makesCalls(cost: UpstreamExtension['cost']): Extensions {
  return { upstream: { waits: true, cost } };
}

/** A field that reads one object. @param names the object */
export function readsObject(
  cost: UpstreamExtension['cost'],
  names: NonNullable<UpstreamExtension['names']>,
): Extensions {
  return { upstream: { waits: true, cost, names } };
}

/** A field whose reads can be started before its parent has been read. */
export function withReadAhead(
  { upstream }: Extensions,
  readAhead: NonNullable<UpstreamExtension['readAhead']>,
): Extensions {
  return { upstream: { ...upstream, readAhead } };
}

/** What a mutation may have read, not written: it makes no call of its own, but needs the scope of a read. */
export const READ_BESIDE_WRITE: Extensions = { upstream: { waits: false, cost: () => ({}) } };

/** One call, whatever the arguments. */
export const ONE_CALL = makesCalls(() => ({ calls: 1 }));

/** The pages of a list. @param callsPerPage by the arguments; 1 without */
export function callsOfConnection(callsPerPage: (args: Arguments) => number = () => 1): Extensions {
  return makesCalls((args, limits) => costOfPages(args, limits, callsPerPage(args)));
}

/** The walk behind the index of collections: one call of the operation, however many fields are answered from the index. */
const INDEX_WALK: BatchedIds = { endpoint: 'collections.index', maxIds: 1, ids: ['walk'] };

/** What is answered from the index of collections. @param rows how many objects it answers with */
export function indexRead(rows = 1): Extensions {
  return makesCalls(() => ({ batches: [INDEX_WALK], rows }));
}

/** As `callsOfConnection`, for a list that comes from the index when it is filtered or sorted. */
export const CALLS_OF_SEARCHABLE = makesCalls((args, limits) => {
  const { rows = 0, ...pages } = costOfPages(args, limits, 1);
  const isSearch = Boolean(args['filter'] ?? args['orderBy']);
  return isSearch && rows !== 0 ? { batches: [INDEX_WALK], rows } : { ...pages, rows };
});

function costOfPages(
  { first, after }: Arguments,
  { maxPageWalk }: InputLimits,
  callsPerPage: number,
): FieldCost {
  if (typeof first !== 'number' || first < 0 || first > maxPageWalk) return {};
  const position = typeof after === 'string' ? peekCursor(after) : null;
  return { calls: callsPerPage * plannedPages(first, position), rows: first };
}

/** One call for each chunk of the input's ids. */
export const CALLS_OF_BULK = makesCalls(({ input }, { maxBulkIds }) => {
  const lists = typeof input === 'object' && input !== null ? Object.values(input).filter(Array.isArray) : [];
  const ids = lists.flat();
  return ids.length <= maxBulkIds ? { calls: Math.ceil(new Set(ids).size / MAX_IDS_PER_CALL) } : {};
});
