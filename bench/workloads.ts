import type { Shot } from './load-job.ts';

/** How a gateway is set: as it is without further settings, with answers kept, before an account whose list has an end. */
export type GatewayKind = (typeof GATEWAY_KINDS)[number];

export const GATEWAY_KINDS = ['plain', 'cached', 'small account'] as const;

/** One kind of request, as it is put to the gateway and, as the calls behind it, to the bare proxy. */
export interface Workload {
  readonly name: string;
  readonly title: string;
  /** Requests in flight at any time. */
  readonly concurrency: number;
  /** How long the upstream takes for an answer. */
  readonly latencyMs: number;
  /** The ratio to the bare proxy that the project aims at. */
  readonly aim: number;
  readonly gateway: GatewayKind;
  /** Page size of the list that cursors are needed of; `null` where none are. */
  readonly cursorsOf: number | null;
  /** How many collections and assets an answer holds. */
  readonly objects: number;
  /** @param turn number of the request in the rotation; @param cursor one of the list's, a different one each turn */
  readonly operation: (turn: number, cursor: string) => Operation;
  readonly proxied: (turn: number) => Shot;
}

interface Operation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Length of every rotation: far more than the requests in flight, so that no two of these are equal. */
export const TURNS = 512;

/** What is selected of a collection. */
export const FIELDS =
  '{id name assetCount itemCount modelCount createdAt updatedAt ownerId thumbnail{assetId url}}';
const LIST = `query L($n:Int!,$t:String){collections(first:$n,after:$t){nodes${FIELDS} pageInfo{hasNextPage endCursor}}}`;
const ONE = `query G($id:ID!){collection(id:$id)${FIELDS}}`;
const CREATE = `mutation X($n:String!){createCollection(input:{name:$n}){__typename ... on CreateCollectionPayload{collection${FIELDS}} ... on Error{message code}}}`;
const IDS_AT_ONCE = 10;
const ALIASES = 20;
const SEVERAL = severalQuery(ALIASES);
const ASSETS = '{nodes{id name kind url width height createdAt} pageInfo{hasNextPage endCursor}}';
const NESTED_ASSETS = 20;
const NESTED = `query N($id:ID!){collection(id:$id){id name createdAt assets(first:${NESTED_ASSETS})${ASSETS}}}`;
const NESTING_COLLECTIONS = 10;
const NESTED_LIST = `query M($t:String){collections(first:${NESTING_COLLECTIONS},after:$t){nodes{id name createdAt assets(first:4)${ASSETS}} pageInfo{hasNextPage endCursor}}}`;
const SEARCH = `query S($name:String!,$orderBy:CollectionOrder!){collections(first:20,filter:{name:$name},orderBy:$orderBy){nodes${FIELDS} pageInfo{hasNextPage endCursor}}}`;
const SEARCH_ORDERS = ['NAME', 'CREATED_AT', 'UPDATED_AT', 'ITEM_COUNT'];

export const WORKLOADS: readonly Workload[] = [
  { name: 'W1', title: 'list of 20, by cursor', aim: 2, ...list(20, 32) },
  { ...one(ONE, 1), name: 'W2', title: 'one collection', aim: 1.5 },
  {
    name: 'W3',
    title: '20 aliases, 10 ids',
    concurrency: 16,
    latencyMs: 0,
    aim: 1.4,
    gateway: 'plain',
    cursorsOf: null,
    objects: ALIASES,
    operation: (turn) => ({ query: SEVERAL, variables: variablesOf(turn) }),
    proxied: (turn) => get(`/multi?ids=${idsOf(turn).join(',')}`),
  },
  { name: 'W4', title: 'list of 100, by cursor', aim: 2.8, ...list(100, 16) },
  {
    name: 'W5',
    title: 'create',
    concurrency: 32,
    latencyMs: 0,
    aim: 1.4,
    gateway: 'plain',
    cursorsOf: null,
    objects: 1,
    operation: (turn) => ({ query: CREATE, variables: { n: `n ${turn}` } }),
    proxied: (turn) => ({
      method: 'POST',
      path: '/collections',
      body: JSON.stringify({ name: `n ${turn}` }),
    }),
  },
  { name: 'W6', title: 'W1, the API takes 20 ms', aim: 2, ...list(20, 256), latencyMs: 20 },
  {
    ...list(20, 32),
    name: 'W7',
    title: 'the same list of 20 over and over, kept',
    aim: 0.6,
    gateway: 'cached',
    cursorsOf: null,
    operation: () => ({ query: LIST, variables: { n: 20, t: null } }),
    proxied: () => get('/collections?pageSize=20'),
  },
  {
    ...one(NESTED, 1 + NESTED_ASSETS),
    name: 'W8',
    title: 'one collection with 20 assets',
    aim: 2,
    proxied: (turn) => get(`/nested?id=${idOf(turn)}&assets=${NESTED_ASSETS}`),
  },
  {
    name: 'W9',
    title: '10 collections with 4 assets each',
    aim: 1.5,
    concurrency: 16,
    latencyMs: 0,
    gateway: 'plain',
    cursorsOf: NESTING_COLLECTIONS,
    objects: NESTING_COLLECTIONS * 5,
    operation: (_turn, cursor) => ({ query: NESTED_LIST, variables: { t: cursor } }),
    proxied: (turn) =>
      get(`/nested-list?pageSize=${NESTING_COLLECTIONS}&paginationToken=${tokenOf(turn)}&assets=4`),
  },
  {
    ...list(20, 32),
    name: 'W10',
    title: 'a search over 2,000 collections',
    aim: 0.8,
    gateway: 'small account',
    cursorsOf: null,
    operation: (turn) => ({ query: SEARCH, variables: searchOf(turn) }),
    proxied: () => get('/collections?pageSize=20'),
  },
];

// Reads of one object by its id.
function one(query: string, objects: number) {
  return {
    concurrency: 32,
    latencyMs: 0,
    gateway: 'plain',
    cursorsOf: null,
    objects,
    operation: (turn: number) => ({ query, variables: { id: idOf(turn) } }),
    proxied: (turn: number) => get(`/collections/${idOf(turn)}`),
  } as const;
}

// Pages of the list of collections.
function list(pageSize: number, concurrency: number) {
  return {
    concurrency,
    latencyMs: 0,
    gateway: 'plain' as const,
    cursorsOf: pageSize,
    objects: pageSize,
    operation: (_turn: number, cursor: string) => ({ query: LIST, variables: { n: pageSize, t: cursor } }),
    proxied: (turn: number) => get(`/collections?pageSize=${pageSize}&paginationToken=${tokenOf(turn)}`),
  };
}

function tokenOf(turn: number): string {
  return `tok_${String(turn + 1).padStart(10, '0')}`;
}

// Each finds a hundred of them by a part of their name.
function searchOf(turn: number): Readonly<Record<string, unknown>> {
  const field = SEARCH_ORDERS[turn % SEARCH_ORDERS.length];
  return { name: String(10_000 + (turn % 20)), orderBy: { field, direction: turn % 3 ? 'ASC' : 'DESC' } };
}

/** Reads ten ids, under so many aliases. */
export function severalQuery(aliases: number): string {
  const parameters = Array.from({ length: IDS_AT_ONCE }, (_, index) => `$v${index}:ID!`).join(' ');
  const fields = Array.from(
    { length: aliases },
    (_, index) => `a${index}:collection(id:$v${index % IDS_AT_ONCE})${FIELDS}`,
  );
  return `query M(${parameters}){${fields.join(' ')}}`;
}

/** Ten ids, others in each turn. */
export function idsOf(turn: number): readonly string[] {
  return Array.from({ length: IDS_AT_ONCE }, (_, index) => idOf(turn * IDS_AT_ONCE + index));
}

/** The ten ids as `severalQuery` takes them. */
export function variablesOf(turn: number): Readonly<Record<string, string>> {
  return Object.fromEntries(idsOf(turn).map((id, index) => [`v${index}`, id]));
}

/** The id of a collection that the upstream knows. */
export function idOf(number: number): string {
  return `collection_GTrL3mq4SX${String(number).padStart(7, '0')}`;
}

/** The same as the gateway gives it out. */
export function globalIdOf(id: string): string {
  return btoa(`Collection:${id}`);
}

function get(path: string): Shot {
  return { method: 'GET', path, body: null };
}
