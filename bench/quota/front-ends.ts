import { z } from 'zod';
import { COLLECTIONS, SLICE, WRITTEN_ID } from './scene.ts';

/** What came of something that a user did. */
export interface Shown {
  readonly isAnswered: boolean;
  /** Names by id, of the collections that were shown. */
  readonly names: ReadonlyMap<string, string>;
  /** Where a list goes on. */
  readonly next: string | null;
}

/** What users do, in the way that their server has it. */
export interface FrontEnd {
  list(after: string | null): Promise<Shown>;
  open(id: string): Promise<Shown>;
  search(word: string): Promise<Shown>;
  rename(name: string): Promise<Shown>;
}

const PATIENCE_MS = 15_000;
const MISSING: Shown = { isAnswered: false, names: new Map(), next: null };

const node = z.object({ scenarioId: z.string(), name: z.string() });
const connection = z.object({
  nodes: z.array(node),
  pageInfo: z.object({ endCursor: z.string().nullable() }).optional(),
});
const answer = z.object({
  data: z
    .object({
      list: connection,
      one: node.extend({ assets: z.object({ nodes: z.array(z.unknown()) }) }),
      written: z.object({ collection: node }),
    })
    .partial(),
  errors: z.undefined().optional(),
});

const FIELDS = 'nodes { scenarioId name } pageInfo { endCursor }';
const LIST = `query ($after: String) { list: collections(first: ${SLICE}, after: $after) { ${FIELDS} } }`;
const OPEN =
  'query ($id: ID!) { one: collection(id: $id) { scenarioId name assets(first: 20) { nodes { id previewUrl } } } }';
const SEARCH = `query ($word: String!) { list: collections(first: ${SLICE}, filter: { name: $word }) { ${FIELDS} } }`;
const RENAME = `mutation ($name: String!) { written: updateCollection(input: { id: "${WRITTEN_ID}", name: $name }) {
  ... on UpdateCollectionPayload { collection { scenarioId name } } } }`;

/** Speaks GraphQL to the gateway. */
export function gatewayFrontEnd(origin: string, headers: Readonly<Record<string, string>>): FrontEnd {
  const ask = async (query: string, variables: object): Promise<Shown> => {
    const body = await fetchJson(`${origin}/graphql`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ query, variables }),
    });
    const parsed = answer.safeParse(body);
    if (!parsed.success) return MISSING;
    const { list, one, written } = parsed.data.data;
    const shown = [...(list?.nodes ?? []), one, written?.collection].filter((each) => each !== undefined);
    const names = new Map(shown.map(({ scenarioId, name }) => [scenarioId, name]));
    return { isAnswered: true, names, next: list?.pageInfo?.endCursor ?? null };
  };
  return {
    list: (after) => ask(LIST, { after }),
    open: (id) => ask(OPEN, { id }),
    search: (word) => ask(SEARCH, { word }),
    rename: (name) => ask(RENAME, { name }),
  };
}

const record = z.object({ id: z.string(), name: z.string() });
const restPage = z.object({ collections: z.array(record), nextPaginationToken: z.string().optional() });
const restOne = z.object({ collection: record });

/** Speaks to the API itself, through a proxy that adds the credentials. */
export function restFrontEnd(origin: string): FrontEnd {
  const page = async (size: number, token: string | null): Promise<Shown> => {
    const from = token === null ? '' : `&paginationToken=${token}`;
    const parsed = restPage.safeParse(await fetchJson(`${origin}/collections?pageSize=${size}${from}`));
    if (!parsed.success) return MISSING;
    const { collections, nextPaginationToken } = parsed.data;
    const names = new Map(collections.map(({ id, name }) => [id, name]));
    return { isAnswered: true, names, next: nextPaginationToken ?? null };
  };
  const one = async (path: string, init?: RequestInit): Promise<Shown> => {
    const parsed = restOne.safeParse(await fetchJson(origin + path, init));
    if (!parsed.success) return MISSING;
    const { id, name } = parsed.data.collection;
    return { isAnswered: true, names: new Map([[id, name]]), next: null };
  };
  return {
    list: (after) => page(SLICE, after),
    open: async (id) => {
      const assets = `/assets?collectionId=${id}&sortBy=createdAt&sortDirection=desc&pageSize=20`;
      const [shown, items] = await Promise.all([one(`/collections/${id}`), fetchJson(origin + assets)]);
      return items === null ? MISSING : shown;
    },
    // The API has no search for collections: who wants one reads them all.
    search: async () => {
      let shown = await page(100, null);
      const names = new Map(shown.names);
      for (let pages = 1; shown.isAnswered && shown.next !== null && pages < COLLECTIONS; pages += 1) {
        shown = await page(100, shown.next);
        for (const [id, name] of shown.names) names.set(id, name);
      }
      return { ...shown, names };
    },
    rename: (name) => one(`/collections/${WRITTEN_ID}`, { method: 'PUT', body: JSON.stringify({ name }) }),
  };
}

/** The body of a 200; `null` for any other answer, or none in time. */
async function fetchJson(url: string, init: RequestInit = {}): Promise<unknown> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) });
    const text = await response.text();
    return response.status === 200 ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}
