import type { Shot } from './load-job.ts';

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
  /** Whether the gateway keeps answers. */
  readonly isCached: boolean;
  /** Page size of the list that cursors are needed of; `null` where none are. */
  readonly cursorsOf: number | null;
  /** How many collections an answer holds. */
  readonly collections: number;
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

const FIELDS = '{id name assetCount itemCount modelCount createdAt updatedAt ownerId thumbnail{assetId url}}';
const LIST = `query L($n:Int!,$t:String){collections(first:$n,after:$t){nodes${FIELDS} pageInfo{hasNextPage endCursor}}}`;
const ONE = `query G($id:ID!){collection(id:$id)${FIELDS}}`;
const CREATE = `mutation X($n:String!){createCollection(input:{name:$n}){__typename ... on CreateCollectionPayload{collection${FIELDS}} ... on Error{message code}}}`;
const IDS_AT_ONCE = 10;
const ALIASES = 20;
const SEVERAL = severalQuery();

export const WORKLOADS: readonly Workload[] = [
  { name: 'W1', title: 'list of 20, by cursor', aim: 2, ...list(20, 32) },
  {
    name: 'W2',
    title: 'one collection',
    concurrency: 32,
    latencyMs: 0,
    aim: 1.5,
    isCached: false,
    cursorsOf: null,
    collections: 1,
    operation: (turn) => ({ query: ONE, variables: { id: idOf(turn) } }),
    proxied: (turn) => get(`/collections/${idOf(turn)}`),
  },
  {
    name: 'W3',
    title: '20 aliases, 10 ids',
    concurrency: 16,
    latencyMs: 0,
    aim: 1.4,
    isCached: false,
    cursorsOf: null,
    collections: ALIASES,
    operation: (turn) => ({ query: SEVERAL, variables: Object.fromEntries(idsOf(turn).map(toVariable)) }),
    proxied: (turn) => get(`/multi?ids=${idsOf(turn).join(',')}`),
  },
  { name: 'W4', title: 'list of 100, by cursor', aim: 2.8, ...list(100, 16) },
  {
    name: 'W5',
    title: 'create',
    concurrency: 32,
    latencyMs: 0,
    aim: 1.4,
    isCached: false,
    cursorsOf: null,
    collections: 1,
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
    isCached: true,
    cursorsOf: null,
    operation: () => ({ query: LIST, variables: { n: 20, t: null } }),
    proxied: () => get('/collections?pageSize=20'),
  },
];

function list(pageSize: number, concurrency: number) {
  return {
    concurrency,
    latencyMs: 0,
    isCached: false,
    cursorsOf: pageSize,
    collections: pageSize,
    operation: (_turn: number, cursor: string) => ({ query: LIST, variables: { n: pageSize, t: cursor } }),
    proxied: (turn: number) =>
      get(`/collections?pageSize=${pageSize}&paginationToken=tok_${String(turn + 1).padStart(10, '0')}`),
  };
}

function severalQuery(): string {
  const parameters = Array.from({ length: IDS_AT_ONCE }, (_, index) => `$v${index}:ID!`).join(' ');
  const fields = Array.from(
    { length: ALIASES },
    (_, index) => `a${index}:collection(id:$v${index % IDS_AT_ONCE})${FIELDS}`,
  );
  return `query M(${parameters}){${fields.join(' ')}}`;
}

function idsOf(turn: number): readonly string[] {
  return Array.from({ length: IDS_AT_ONCE }, (_, index) => idOf(turn * IDS_AT_ONCE + index));
}

function toVariable(id: string, index: number): readonly [string, string] {
  return [`v${index}`, id];
}

function idOf(number: number): string {
  return `collection_GTrL3mq4SX${String(number).padStart(7, '0')}`;
}

function get(path: string): Shot {
  return { method: 'GET', path, body: null };
}
