import { idOf, KNOWN_IDS } from './faulty-upstream.ts';

/** One request, and what its client does about it. */
export interface SoakRequest {
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** When its client goes away; absent for one that waits. Milliseconds. */
  readonly leavesAfterMs?: number;
}

/** Requests of one kind, with their share of the load. */
export interface Kind {
  readonly name: string;
  readonly weight: number;
  /** Every status that an answer may have. */
  readonly statuses: readonly number[];
  /** @param turn a number of its own for each request */
  readonly request: (turn: number) => SoakRequest;
  /** Takes what later requests of the kind need out of an answer. */
  readonly learn?: (text: string) => void;
}

// Served, or refused for the load: by the caller's budget, by the queue or by the breaker.
const SERVED = [200, 429, 503];
const FIELDS = 'id scenarioId name assetCount itemCount modelCount createdAt updatedAt thumbnail { url }';
const LIST = `query List($n: Int!, $t: String) {
  collections(first: $n, after: $t) { nodes { ${FIELDS} } pageInfo { hasNextPage endCursor } } }`;
const READ = `query Read($id: ID!) { collection(id: $id) { ${FIELDS} } }`;
const NODES = `query Nodes($ids: [ID!]!) { nodes(ids: $ids) { id } }`;
const CREATE = `mutation Create($input: CreateCollectionInput!) {
  createCollection(input: $input) { ... on CreateCollectionPayload { collection { ${FIELDS} } } ... on Error { code } } }`;
const UPDATE = `mutation Update($input: UpdateCollectionInput!) {
  updateCollection(input: $input) { ... on UpdateCollectionPayload { collection { ${FIELDS} } } ... on Error { code } } }`;
const DELETE = `mutation Delete($input: DeleteCollectionInput!) {
  deleteCollection(input: $input) { ... on DeleteCollectionPayload { deletedCollectionId } ... on Error { code } } }`;
const ADD = `mutation Add($input: AddAssetsToCollectionInput!) {
  addAssetsToCollection(input: $input) { ... on AddAssetsToCollectionPayload { assetIds } ... on Error { code } } }`;
const BAD = [
  '{ collections { ',
  '{ collections { nodes { colour } } }',
  `{ collections { nodes { ${Array.from({ length: 40 }, (_, index) => `a${index}: id`).join(' ')} } } }`,
  'query Q($n: Nothing) { collections(first: $n) { nodes { id } } }',
];
const PAGE_SIZES = [10, 37, 100, 150];
// Many aliases, so that the store of documents is full long before anything is compared.
const UNIQUE_READS = 15;

/** The kinds of requests to one gateway. */
export function createKinds(): readonly Kind[] {
  return [...lists(), ...READS, ...WRITES, ...REFUSALS, ...LEAVING];
}

function lists(): readonly Kind[] {
  let cursor: string | null = null;
  const learn = (text: string): void => {
    cursor = /"endCursor":"([^"]+)"/.exec(text)?.[1] ?? null;
  };
  const next = (turn: number) => graphql(LIST, { n: PAGE_SIZES[turn % PAGE_SIZES.length], t: cursor });
  return [
    { name: 'list by cursor', weight: 20, statuses: SERVED, request: next, learn },
    { name: 'the same list', weight: 10, statuses: SERVED, request: () => graphql(LIST, { n: 20, t: null }) },
  ];
}

const READS: readonly Kind[] = [
  { name: 'read', weight: 22, statuses: SERVED, request: () => graphql(READ, { id: anyId() }) },
  {
    name: 'read of several',
    weight: 5,
    statuses: SERVED,
    request: () => graphql(NODES, { ids: Array.from({ length: 10 }, anyGlobalId) }),
  },
  { name: 'unique document', weight: 8, statuses: SERVED, request: (turn) => graphql(uniqueDocument(turn)) },
];

const WRITES: readonly Kind[] = [
  // Keys are remembered for a day, so only one in four has one: what they fill is small beside what is tolerated.
  {
    name: 'create',
    weight: 6,
    statuses: SERVED,
    request: (turn) => {
      const key = turn % 4 === 0 ? { idempotencyKey: `key-${turn}` } : {};
      return graphql(CREATE, { input: { name: `name ${turn}`, ...key } });
    },
  },
  {
    name: 'update',
    weight: 3,
    statuses: SERVED,
    request: (turn) => graphql(UPDATE, { input: { id: anyId(), name: `name ${turn}` } }),
  },
  {
    name: 'delete',
    weight: 2,
    statuses: SERVED,
    request: () => graphql(DELETE, { input: { id: anyId() } }),
  },
  {
    name: 'bulk edit',
    weight: 4,
    statuses: SERVED,
    request: (turn) => {
      const assetIds = Array.from({ length: 60 + (turn % 60) }, (_, index) => `asset_${turn}_${index}`);
      return graphql(ADD, { input: { id: anyId(), assetIds } });
    },
  },
];

const REFUSALS: readonly Kind[] = [
  {
    name: 'bad document',
    weight: 5,
    statuses: [400],
    request: (turn) => graphql(`${BAD[turn % BAD.length]} # ${turn}`),
  },
  { name: 'bad input', weight: 2, statuses: SERVED, request: () => graphql(LIST, { n: 10, t: 'no cursor' }) },
  {
    name: 'unknown key',
    weight: 3,
    statuses: [401, 429],
    request: (turn) => ({
      ...graphql(READ, { id: anyId() }),
      headers: { authorization: `Bearer no-${turn}` },
    }),
  },
  { name: 'broken JSON', weight: 1, statuses: [400], request: (turn) => ({ body: `{"query": ${turn}` }) },
  {
    name: 'other media type',
    weight: 1,
    statuses: [415],
    request: () => ({ body: 'query={x}', headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
  },
  { name: 'large body', weight: 1, statuses: [413], request: () => ({ body: 'x'.repeat(150_000) }) },
];

const LEAVING: readonly Kind[] = [
  {
    name: 'reader leaves',
    weight: 4,
    statuses: SERVED,
    request: (turn) => ({ ...graphql(LIST, { n: 150, t: null }), leavesAfterMs: turn % 40 }),
  },
  {
    name: 'writer leaves',
    weight: 2,
    statuses: SERVED,
    request: (turn) => ({
      ...graphql(CREATE, { input: { name: `name ${turn}` } }),
      leavesAfterMs: turn % 20,
    }),
  },
];

function graphql(query: string, variables: object = {}): SoakRequest {
  return { body: JSON.stringify({ query, variables }) };
}

// A few are not found.
function anyId(): string {
  return idOf(Math.floor(Math.random() * KNOWN_IDS * 1.02));
}

function anyGlobalId(): string {
  return btoa(`Collection:${anyId()}`);
}

function uniqueDocument(turn: number): string {
  const id = anyId();
  const reads = Array.from(
    { length: UNIQUE_READS },
    (_, index) => `a${turn}_${index}: collection(id: "${id}") { ${FIELDS} }`,
  );
  return `{ ${reads.join(' ')} }`;
}
