import type { CollectionShelf } from '../../support/collection-shelf.ts';
import { dig } from '../../support/dig.ts';
import { codesOf, type FrontDoor, openFrontDoor } from '../../support/front-door.ts';
import type { GraphQLAnswer, TestGateway } from '../../support/gateway.ts';
import type { Answer, ScriptedUpstream } from '../../support/scripted-upstream.ts';

export const FIND = `query ($first: Int = 100, $after: String, $filter: CollectionFilter, $orderBy: CollectionOrder) {
  collections(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
    edges { cursor node { scenarioId name itemCount } }
    pageInfo { hasNextPage hasPreviousPage endCursor }
    totalCount
  }
}`;

/** The arguments of a search. */
export interface Wanted {
  readonly first?: number;
  readonly after?: string | null;
  readonly filter?: object | null;
  readonly orderBy?: { readonly field: string; readonly direction: 'ASC' | 'DESC' } | null;
}

/** What a search has found. */
export interface Found {
  readonly names: readonly unknown[];
  readonly ids: readonly unknown[];
  readonly cursors: readonly unknown[];
  readonly hasNextPage: unknown;
  readonly endCursor: unknown;
  readonly totalCount: unknown;
  readonly codes: readonly unknown[];
}

/** A gateway before a shelf of collections. */
export interface ShelfDoor extends FrontDoor {
  readonly shelf: CollectionShelf;
  find(wanted?: Wanted): Promise<Found>;
  /** Calls of the upstream's list so far. */
  lists(): number;
}

/** Opens it. @param answer what the upstream does, from what the shelf would */
export async function openShelf(
  shelf: CollectionShelf,
  env: Record<string, string> = {},
  answer: (honest: Answer) => Answer = (honest) => honest,
): Promise<ShelfDoor> {
  const door = await openFrontDoor(answer(shelf.answer), env);
  return {
    ...door,
    shelf,
    find: (wanted) => findThrough(door.gateway, wanted),
    lists: () => listsIn(door.upstream),
  };
}

/** Calls of the upstream's list so far. */
export function listsIn({ requests }: ScriptedUpstream): number {
  return requests.filter(({ method, path }) => method === 'GET' && path === '/v1/collections').length;
}

/** Searches through this gateway. */
export async function findThrough(gateway: TestGateway, wanted: Wanted = {}): Promise<Found> {
  const orderBy = { field: 'CREATED_AT', direction: 'ASC' };
  return toFound(await gateway.query(FIND, { orderBy, ...wanted }));
}

/** Carries out mutations. */
export const writes = ({ query }: Pick<FrontDoor, 'query'>) => ({
  create: (name: string) => query(`mutation { createCollection(input: { name: "${name}" }) { __typename } }`),
  rename: (id: string, name: string) =>
    query(`mutation { updateCollection(input: { id: "${id}", name: "${name}" }) { __typename } }`),
  remove: (id: string) => query(`mutation { deleteCollection(input: { id: "${id}" }) { __typename } }`),
  add: (id: string, count: number) =>
    query(
      'mutation ($id: ID!, $assetIds: [ID!]!) { addAssetsToCollection(input: { id: $id, assetIds: $assetIds }) { __typename } }',
      {
        id,
        assetIds: Array.from({ length: count }, (_, index) => `asset_${index}`),
      },
    ),
});

function toFound(answer: GraphQLAnswer): Found {
  const list = dig(answer.body, 'data', 'collections');
  const edges = dig(list, 'edges');
  const each = (...path: readonly string[]) =>
    Array.isArray(edges) ? edges.map((edge) => dig(edge, ...path)) : [];
  return {
    names: each('node', 'name'),
    ids: each('node', 'scenarioId'),
    cursors: each('cursor'),
    hasNextPage: dig(list, 'pageInfo', 'hasNextPage'),
    endCursor: dig(list, 'pageInfo', 'endCursor'),
    totalCount: dig(list, 'totalCount'),
    codes: codesOf(answer),
  };
}
